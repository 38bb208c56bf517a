// A component alone, without its page.
const { test, expect } = require('wxsim')

const STEPPER = 'components/stepper/stepper'

test('加一', async ({ renderComponent, user }) => {
  const stepper = await renderComponent(STEPPER, { properties: { value: 2 }, on: ['change'] })
  await user.tap('.more')
  expect(stepper).toHaveEmitted('change', { value: 3 })
})

test('到了上限只提示', async ({ renderComponent, user }) => {
  const stepper = await renderComponent(STEPPER, { properties: { value: 3, max: 3 }, on: ['change', 'limit'] })
  await user.tap('.more')
  expect(stepper.emitted('change')).toEqual([])
  expect(stepper).toHaveEmitted('limit', { min: 1, max: 3 })
})

test('输入太大的数，变成上限', async ({ renderComponent, user }) => {
  const stepper = await renderComponent(STEPPER, { properties: { value: 1, max: 5 }, on: ['change'] })
  await user.input('.number', '70')
  await user.blur('.number')
  expect(stepper).toHaveEmitted('change', { value: 5 })
})

test('用的人给新的值', async ({ renderComponent }) => {
  const stepper = await renderComponent(STEPPER, { properties: { value: 1 } })
  await stepper.setProperties({ value: 4 })
  expect(stepper.container.get('.number').value).toBe('4')
})
