'use strict';
{
  const root = document.documentElement;
  const boxes = [...document.querySelectorAll('.totals input')];
  const search = document.getElementById('search');
  const articles = [...document.querySelectorAll('article')];
  root.classList.add('js');

  const filter = () => {
    const shown = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    const wanted = search.value.toLowerCase();
    for (const article of articles) {
      const title = article.querySelector('summary').textContent.toLowerCase();
      const fits = shown.has(article.classList[0]) && title.includes(wanted);
      article.classList.toggle('hidden', !fits);
    }
  };
  for (const box of boxes) box.addEventListener('change', filter);
  search.addEventListener('input', filter);

  document.getElementById('unfold').addEventListener('click', () => {
    const all = document.querySelectorAll('article > details');
    const open = [...all].some((one) => !one.open);
    for (const one of all) one.open = open;
  });
  document.getElementById('switch').addEventListener('click', () => {
    root.lang = root.lang === 'zh' ? 'en' : 'zh';
  });
  // A mark of the timeline leads to its line, folded away or not.
  addEventListener('hashchange', () => {
    const line = document.getElementById(location.hash.slice(1));
    for (let one = line; one; one = one.parentElement) if (one.tagName === 'DETAILS') one.open = true;
    line?.scrollIntoView({ block: 'center' });
  });
}
