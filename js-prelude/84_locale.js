// Numbers and dates in words of a language: Chinese unless English is asked for.
(function (host, kit) {
  'use strict';
  const two = (number) => (number < 10 ? `0${number}` : `${number}`);
  const pick = (value, names) => (value === undefined ? undefined : names[value]);
  const isEnglish = (locales) => kit.test(/^en/, kit.isArray(locales) ? `${locales[0]}` : `${locales}`);
  const DAYS = {
    zh: ['星期日', '星期一', '星期二', '星期三', '星期四', '星期五', '星期六'],
    en: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
  };
  const MONTHS = [
    'January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December',
  ];
  const SIGNS = { CNY: '¥', USD: 'US$', EUR: '€', JPY: 'JP¥', GBP: '£', HKD: 'HK$' };

  kit.localeNumber = (number, locales, options) => {
    const given = kit.isObject(options) ? options : {};
    const { style, currency, minimumFractionDigits, maximumFractionDigits, useGrouping = true } = given;
    if (number !== number) return 'NaN';
    const usual = { currency: [2, 2], percent: [0, 0] }[style] || [0, 3];
    const least = minimumFractionDigits === undefined ? usual[0] : minimumFractionDigits;
    const most = maximumFractionDigits === undefined ? Math.max(least, usual[1]) : maximumFractionDigits;
    const size = Math.abs(style === 'percent' ? number * 100 : number);
    let text = '∞';
    if (size < Infinity) {
      let [whole, part = ''] = kit.split(kit.fixed(size, most), '.');
      while (part.length > least && part[part.length - 1] === '0') part = kit.slice(part, 0, -1);
      if (useGrouping) {
        let grouped = '';
        for (; whole.length > 3; whole = kit.slice(whole, 0, -3)) grouped = `,${kit.slice(whole, -3)}${grouped}`;
        whole += grouped;
      }
      text = part === '' ? whole : `${whole}.${part}`;
    }
    const sign = style === 'currency' ? pick(currency, SIGNS) || `${currency} ` : '';
    const minus = number < 0 || Object.is(number, -0) ? '-' : '';
    return `${minus}${sign}${text}${style === 'percent' ? '%' : ''}`;
  };

  const dateText = (date, english, { year, month, day, weekday }) => {
    const name = pick(weekday && 0, [DAYS[english ? 'en' : 'zh'][date.getDay()]]);
    const number = (style, value) => (style === '2-digit' ? two(value) : `${value}`);
    const years = year && (year === '2-digit' ? two(date.getFullYear() % 100) : `${date.getFullYear()}`);
    const isWord = month === 'long' || month === 'short';
    const months = month && number(month, date.getMonth() + 1);
    const days = day && number(day, date.getDate());
    const joined = (parts, between) => parts.filter((part) => part).join(between);
    if (english && isWord) {
      const word = month === 'short' ? kit.slice(MONTHS[date.getMonth()], 0, 3) : MONTHS[date.getMonth()];
      return joined([name, joined([word, days], ' '), years], ', ');
    }
    if (english) return joined([name, joined([months, days, years], '/')], ', ');
    if (isWord) return `${years ? `${years}年` : ''}${months}月${days ? `${days}日` : ''}${name || ''}`;
    return `${joined([years, months, days], '/')}${name || ''}`;
  };
  const timeText = (date, english, { hour, minute, second, hour12 = english }) => {
    const hours = date.getHours();
    const shown = hour12 ? hours % 12 || 12 : hours;
    const parts = [];
    if (hour) kit.push(parts, hour12 && hour !== '2-digit' ? `${shown}` : two(shown));
    if (minute) kit.push(parts, two(date.getMinutes()));
    if (second) kit.push(parts, two(date.getSeconds()));
    const text = parts.join(':');
    if (!hour || !hour12) return text;
    return english ? `${text} ${hours < 12 ? 'AM' : 'PM'}` : `${hours < 12 ? '上午' : '下午'}${text}`;
  };
  const ALL = { year: 'numeric', month: 'numeric', day: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit' };
  const part = (names) => {
    const chosen = {};
    for (const name of names) chosen[name] = ALL[name];
    return chosen;
  };
  const DATE = part(['year', 'month', 'day']);
  const TIME = part(['hour', 'minute', 'second']);

  kit.localeDate = (date, kind, locales, options) => {
    if (date.getTime() !== date.getTime()) return 'Invalid Date';
    const english = isEnglish(locales);
    const given = kit.isObject(options) ? options : {};
    const asks = (names) => names.some((name) => given[name] !== undefined);
    const dates = asks(['year', 'month', 'day', 'weekday']);
    const times = asks(['hour', 'minute', 'second']);
    const none = !dates && !times;
    const wantsDate = dates || (none && kind !== 'time') || (!dates && kind === 'date');
    const wantsTime = times || (none && kind !== 'date') || (!times && kind === 'time');
    const clock = english ? kit.assign({}, TIME, { hour: 'numeric' }) : TIME;
    const texts = [];
    if (wantsDate) kit.push(texts, dateText(date, english, dates ? given : DATE));
    if (wantsTime) kit.push(texts, timeText(date, english, kit.assign({}, times ? {} : clock, given)));
    return texts.join(english ? ', ' : ' ');
  };
})
