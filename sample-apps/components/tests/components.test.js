// Each component on a page of its own.
const { test, describe, expect, fn } = require('wxsim')

const at = (name) => `components/${name}/${name}`

describe('price-tag', () => {
  test.each([
    [{ value: 12800 }, '售价 ¥128.00'],
    [{ value: 9900, off: 1500, label: '特价' }, '特价 ¥84.00'],
    [{ value: 100, off: 900 }, '售价 ¥0.00'],
    [{ value: 100, info: { stock: 0 } }, '售价 ¥1.00 已售罄'],
  ])('%j', async (properties, words, { renderComponent }) => {
    const tag = await renderComponent(at('price-tag'), { properties })
    expect(tag.container.get('.tag').text).toBe(words)
  })

  test('属性变了，价格跟着变', async ({ renderComponent }) => {
    const tag = await renderComponent(at('price-tag'), { properties: { value: 100, off: 0 } })
    await tag.setProperties({ value: 9900, off: 1500 })
    expect(tag.container.get('.tag').text).toBe('售价 ¥84.00')
  })
})

test('info-card：有页脚才有页脚的插槽', async ({ renderComponent }) => {
  const card = await renderComponent(at('info-card'), {
    properties: { title: '提示', footer: false },
    slots: { default: '<text>正文</text>', foot: '<text>页脚</text>' },
  })
  expect(card.container).toShow('正文')
  expect(card.container).not.toShow('页脚')
  await card.setProperties({ footer: true })
  expect(card.container).toShow('页脚')
})

test('like-button：从给的数开始', async ({ renderComponent, user }) => {
  const heard = fn()
  await renderComponent(at('like-button'), { properties: { from: 10 }, on: { count: heard } })
  await user.tap('"10 赞"')
  expect(heard).toHaveBeenCalledWith({ count: 11 })
})

test('choice-list：没有指定组件时用 plain-row', async ({ renderComponent, user, screen }) => {
  const list = await renderComponent(at('choice-list'), {
    properties: { rows: [{ id: 1, name: '体育西店' }, { id: 2, name: '北京路店' }] },
    on: ['choose'],
  })
  await user.tap('"北京路店"')
  expect(list).toHaveEmitted('choose', { row: { id: 2, name: '北京路店' } })
  expect(screen).toShow('北京路店 ✓')
})

describe('countdown', () => {
  test('数到零', async ({ renderComponent, clock, screen }) => {
    const countdown = await renderComponent(at('countdown'), { properties: { seconds: 3 }, on: ['end'] })
    expect(screen).toShow('还剩 3 秒')
    await clock.advance('1s')
    expect(screen).toShow('还剩 2 秒')
    await clock.advance('2s')
    expect(screen).toShow('时间到')
    expect(countdown.emitted('end')).toHaveLength(1)
  })

  test('移除后不再数', async ({ renderComponent, clock }) => {
    const countdown = await renderComponent(at('countdown'), { properties: { seconds: 3 }, on: ['end'] })
    await countdown.unmount()
    await clock.advance('10s')
    expect(countdown.emitted('end')).toEqual([])
  })
})

test('search-bar：清除', async ({ renderComponent, user, screen }) => {
  await renderComponent(at('search-bar'))
  await user.input('.search', '茶')
  await user.tap('"清除"')
  expect(screen.get('.search').value).toBe('')
  expect(screen.queryByText('清除')).toBeNull()
})

test('star-rate：三颗星', async ({ renderComponent, user }) => {
  const stars = await renderComponent(at('star-rate'))
  await user.tap('"☆"@3')
  expect(stars.element.text).toBe('★★★☆☆')
})
