// Types of `wxsim test`. Made by `wxsim types`; give it the place that your editor looks at.

interface WxsimElement {
  /** Visible text. */
  readonly text: string;
  /** Tag name. */
  readonly tag: string;
  /** What a field holds. */
  readonly value: any;
  readonly attributes: Record<string, any>;
  readonly dataset: Record<string, any>;
  readonly classes: string[];
  readonly isVisible: boolean;
  readonly isDisabled: boolean;
  /** Readable WXML. */
  readonly markup: string;
}

/** A selector (`#buy`), a text in quotes (`"购买"`), `role=button[name=购买]`, `testid=buy`, or an element. */
type WxsimTarget = string | WxsimElement;
/** Milliseconds, or a text such as '3s', '5m', '2h', '1d'. */
type WxsimDuration = number | string;
type WxsimText = string | RegExp;

interface WxsimQueries {
  getByText(text: WxsimText, options?: { exact?: boolean }): WxsimElement;
  getAllByText(text: WxsimText, options?: { exact?: boolean }): WxsimElement[];
  queryByText(text: WxsimText, options?: { exact?: boolean }): WxsimElement | null;
  queryAllByText(text: WxsimText, options?: { exact?: boolean }): WxsimElement[];
  findByText(text: WxsimText, options?: { exact?: boolean; timeout?: number }): Promise<WxsimElement>;
  findAllByText(text: WxsimText, options?: { exact?: boolean; timeout?: number }): Promise<WxsimElement[]>;
  getByRole(role: string, options?: { name?: WxsimText }): WxsimElement;
  getAllByRole(role: string, options?: { name?: WxsimText }): WxsimElement[];
  queryByRole(role: string, options?: { name?: WxsimText }): WxsimElement | null;
  queryAllByRole(role: string, options?: { name?: WxsimText }): WxsimElement[];
  findByRole(role: string, options?: { name?: WxsimText; timeout?: number }): Promise<WxsimElement>;
  findAllByRole(role: string, options?: { name?: WxsimText; timeout?: number }): Promise<WxsimElement[]>;
  getByTestId(id: WxsimText, options?: { exact?: boolean }): WxsimElement;
  getAllByTestId(id: WxsimText, options?: { exact?: boolean }): WxsimElement[];
  queryByTestId(id: WxsimText, options?: { exact?: boolean }): WxsimElement | null;
  queryAllByTestId(id: WxsimText, options?: { exact?: boolean }): WxsimElement[];
  findByTestId(id: WxsimText, options?: { exact?: boolean; timeout?: number }): Promise<WxsimElement>;
  findAllByTestId(id: WxsimText, options?: { exact?: boolean; timeout?: number }): Promise<WxsimElement[]>;
  getByPlaceholderText(text: WxsimText, options?: { exact?: boolean }): WxsimElement;
  getAllByPlaceholderText(text: WxsimText, options?: { exact?: boolean }): WxsimElement[];
  queryByPlaceholderText(text: WxsimText, options?: { exact?: boolean }): WxsimElement | null;
  queryAllByPlaceholderText(text: WxsimText, options?: { exact?: boolean }): WxsimElement[];
  findByPlaceholderText(text: WxsimText, options?: { exact?: boolean; timeout?: number }): Promise<WxsimElement>;
  findAllByPlaceholderText(text: WxsimText, options?: { exact?: boolean; timeout?: number }): Promise<WxsimElement[]>;
  getByDisplayValue(text: WxsimText, options?: { exact?: boolean }): WxsimElement;
  getAllByDisplayValue(text: WxsimText, options?: { exact?: boolean }): WxsimElement[];
  queryByDisplayValue(text: WxsimText, options?: { exact?: boolean }): WxsimElement | null;
  queryAllByDisplayValue(text: WxsimText, options?: { exact?: boolean }): WxsimElement[];
  findByDisplayValue(text: WxsimText, options?: { exact?: boolean; timeout?: number }): Promise<WxsimElement>;
  findAllByDisplayValue(text: WxsimText, options?: { exact?: boolean; timeout?: number }): Promise<WxsimElement[]>;
  getByLabelText(text: WxsimText, options?: { exact?: boolean }): WxsimElement;
  getAllByLabelText(text: WxsimText, options?: { exact?: boolean }): WxsimElement[];
  queryByLabelText(text: WxsimText, options?: { exact?: boolean }): WxsimElement | null;
  queryAllByLabelText(text: WxsimText, options?: { exact?: boolean }): WxsimElement[];
  findByLabelText(text: WxsimText, options?: { exact?: boolean; timeout?: number }): Promise<WxsimElement>;
  findAllByLabelText(text: WxsimText, options?: { exact?: boolean; timeout?: number }): Promise<WxsimElement[]>;
  /** By a selector; fails when nothing is found. */
  get(selector: string): WxsimElement;
  query(selector: string): WxsimElement | null;
  queryAll(selector: string): WxsimElement[];
  /** Waits for it while virtual time passes, a second at most. */
  find(selector: string, options?: { timeout?: number }): Promise<WxsimElement>;
  /** Prints the tree to the output of the test. */
  debug(element?: WxsimElement): void;
}

interface WxsimOpening {
  path?: string;
  query?: Record<string, string | number>;
  /** Scene value: 1007 for a card in a chat. */
  scene?: number;
  referrerInfo?: { appId: string; extraData?: any };
}

interface WxsimApp {
  /** A cold start. */
  launch(path?: string | WxsimOpening, options?: WxsimOpening): Promise<void>;
  resume(path?: string | WxsimOpening, options?: WxsimOpening): Promise<void>;
  background(): Promise<void>;
  kill(): Promise<void>;
  delete(): Promise<void>;
  /** Runs a function in the program: its text, without what it closes over. */
  evaluate<A extends any[], R>(code: string | ((...args: A) => R), ...args: A): Promise<Awaited<R>>;
  /** Data of the page on top, or what lies at a path of it. */
  data(path?: string): any;
  readonly page: { route: string; query: Record<string, string> } | null;
  readonly pages: { route: string; query: Record<string, string> }[];
  storage(key?: string): any;
  readonly console: { level: string; text: string }[];
  readonly errors: { kind: string; message: string; place: string }[];
  /** Errors and console lines that may happen. */
  allow(...patterns: WxsimText[]): void;
}

interface WxsimUser {
  tap(target: WxsimTarget): Promise<void>;
  longpress(target: WxsimTarget): Promise<void>;
  input(target: WxsimTarget, text: string): Promise<void>;
  focus(target: WxsimTarget): Promise<void>;
  blur(target: WxsimTarget): Promise<void>;
  confirm(target: WxsimTarget): Promise<void>;
  choose(target: WxsimTarget, value: any): Promise<void>;
  drag(target: WxsimTarget, x: number, y?: number): Promise<void>;
  trigger(target: WxsimTarget, event: string, detail?: any): Promise<void>;
  scroll(pixels: number): Promise<void>;
  scroll(target: string, pixels: number): Promise<void>;
  back(): Promise<void>;
  tabItem(index: number): Promise<void>;
  /** To users and groups by their ids; without any the question `share` is asked. */
  share(...names: string[]): Promise<void>;
  shareTimeline(): Promise<void>;
  favorite(): Promise<void>;
  openCard(number?: number): Promise<void>;
  openMessage(number?: number): Promise<void>;
  scan(code: string, how?: 'longpress' | 'album'): Promise<void>;
  settings(switches: Record<string, boolean>): Promise<void>;
  pullDown(): Promise<void>;
  reachBottom(): Promise<void>;
  /** Answers a question that waits. */
  answer(key: WxsimQuestion, answer: any): Promise<void>;
  /** Answers to the questions to come; a list answers one after the other. */
  answers(answers: { [key in WxsimQuestion]?: any }): void;
  is(persona: WxsimPersona): void;
  /** Keys of the questions that wait. */
  readonly questions: string[];
  readonly prompts: { key: string; text: string }[];
}

interface WxsimRequest {
  method: string;
  url: string;
  query: Record<string, string>;
  header: Record<string, any>;
  body: string;
  /** The body as JSON where it is some. */
  data: any;
}
interface WxsimReply {
  json?: any;
  text?: string;
  /** The bytes of the body, in base64. */
  base64?: string;
  status?: number;
  header?: Record<string, string>;
  delay?: WxsimDuration;
  /** `timeout`, `refused`, … or the words after `request:fail`. */
  fail?: string;
  /** A server of this machine that answers: `http://127.0.0.1:3000`. */
  forward?: string;
}
type WxsimAnswering = WxsimReply | WxsimReply[] | ((request: WxsimRequest) => WxsimReply | Promise<WxsimReply>);
interface WxsimRouteOptions {
  times?: number;
  /** Members that the body must have, or a function of it. */
  body?: any;
}
interface WxsimRoute {
  readonly calls: WxsimRequest[];
}

interface WxsimServer {
  route(method: string, url: WxsimText | ((url: string) => boolean), reply: WxsimAnswering, options?: WxsimRouteOptions): WxsimRoute;
  get(url: WxsimText, reply: WxsimAnswering, options?: WxsimRouteOptions): WxsimRoute;
  post(url: WxsimText, reply: WxsimAnswering, options?: WxsimRouteOptions): WxsimRoute;
  put(url: WxsimText, reply: WxsimAnswering, options?: WxsimRouteOptions): WxsimRoute;
  delete(url: WxsimText, reply: WxsimAnswering, options?: WxsimRouteOptions): WxsimRoute;
  readonly requests: WxsimRequest[];
  /** Exchanges a login code, the latest one without `code`. */
  code2session(code?: string): { openid: string; session_key: string; unionid?: string };
  decrypt(data: { encryptedData: string; iv: string }, sessionKey?: string): any;
  decrypt(encryptedData: string, iv: string, sessionKey?: string): any;
  readonly pay: {
    /** Makes an order and signs: the parameters of wx.requestPayment, and `out_trade_no`. */
    prepay(order: { total: number; [member: string]: any }): any;
    order(outTradeNo: string): any;
    readonly orders: any[];
  };
  send(kind: 'subscribe' | 'template' | 'uniform' | 'custom', message: any): Promise<void>;
  cloud(name: string, reply: any): void;
  /** WeChat's interfaces over the world of this test, for a real back end. */
  readonly url: string;
  readonly credentials: {
    appid: string;
    secret: string;
    merchant: { mch_id: string; key: string; v3_key: string; serial: string; private_key: string } | null;
  };
  /** Where messages of the customer service and events go. */
  push(settings: {
    url: string;
    token: string;
    encodingAesKey?: string;
    mode?: 'plain' | 'compat' | 'safe';
    format?: 'json' | 'xml';
  }): void;
}

interface WxsimCall {
  api: string;
  options: any;
  /** What the callback got; undefined while there is no answer. */
  result?: any;
}

interface WxsimFixtures {
  app: WxsimApp;
  user: WxsimUser;
  server: WxsimServer;
  clock: {
    /** Virtual Unix time in milliseconds. */
    readonly now: number;
    advance(duration: WxsimDuration): Promise<void>;
    /** Until no timer is left, a day at most. */
    runAll(): Promise<void>;
  };
  wx: {
    calls(api?: WxsimApi): WxsimCall[];
    last(api: WxsimApi): WxsimCall;
    stub(api: WxsimApi, result?: any | ((options: any) => any), options?: { times?: number }): void;
    /** By the name of a failure (`authDeny`), its words, or all of errMsg. */
    fail(api: WxsimApi, failure: string, options?: { times?: number }): void;
    ignore(api: WxsimApi, options?: { times?: number }): void;
    restore(api: WxsimApi): void;
    failures(api: WxsimApi): { name: string; errMsg: string }[];
  };
  world: {
    readonly permissions: Record<string, boolean>;
    permission(scope: string): boolean | undefined;
    readonly session: { expire(): Promise<void> };
    network(type: 'none' | 'wifi' | '2g' | '3g' | '4g' | '5g' | 'unknown'): Promise<void>;
    system(name: string, state: 'authorized' | 'denied' | 'not-determined'): Promise<void>;
    locate(latitude: number, longitude: number): Promise<void>;
    theme(name: 'light' | 'dark'): Promise<void>;
    event(name: string, detail?: any): Promise<void>;
    save(): string;
    readonly users: { id: string }[];
  };
  sim: {
    /** Any step of docs/run.md. */
    step(text: string): Promise<void>;
    /** The phone goes to another user. */
    user(id: string): Promise<void>;
    program(appId: string, path?: string | WxsimOpening, options?: WxsimOpening): Promise<void>;
    readonly trace: any[];
    readonly seed: number;
    readonly acts: { key: string; label: string }[];
    act(key: string): Promise<void>;
    readonly tabs: number;
  };
  screen: WxsimQueries;
  within(element: WxsimElement): WxsimQueries;
  renderComponent(path: string, options?: {
    properties?: Record<string, any>;
    slots?: string | Record<string, string>;
    /** Names of events to note, or functions that hear of them. */
    on?: string[] | Record<string, (detail: any) => void>;
    data?: Record<string, any>;
    /** Other components that the slots use: name → path. */
    components?: Record<string, string>;
  }): Promise<{
    emitted(name: string): any[];
    emitted(): { name: string; detail: any }[];
    setData(data: Record<string, any>): Promise<void>;
    setProperties(properties: Record<string, any>): Promise<void>;
    readonly element: WxsimElement;
    readonly container: WxsimQueries;
    unmount(): Promise<void>;
  }>;
}

interface WxsimOptions {
  /** Folder of the mini program, from the test file. */
  app?: string;
  /** Folders of other mini programs of the same phone. */
  with?: string[];
  persona?: WxsimPersona;
  answers?: { [key in WxsimQuestion]?: any };
  seed?: number;
  compatDate?: string;
  sdk?: string;
  client?: string;
  platform?: 'ios' | 'android' | 'devtools' | 'windows' | 'mac' | 'ohos';
  user?: string;
  strict?: boolean | { console?: boolean; exceptions?: boolean; rejections?: boolean; requests?: boolean; questions?: boolean; rules?: boolean };
  snapshot?: { redact?: boolean };
  tag?: string | string[];
}

type WxsimBody = (fixtures: WxsimFixtures) => any;
interface WxsimEach {
  (table: readonly any[]): (title: string, body: (...args: any[]) => any) => void;
  (strings: TemplateStringsArray, ...cells: any[]): (title: string, body: (...args: any[]) => any) => void;
}
interface WxsimTestFunction {
  (title: string, body?: WxsimBody): void;
  (title: string, options: WxsimOptions, body: WxsimBody): void;
  each: WxsimEach;
}
interface WxsimGroupFunction {
  (title: string, body: () => void): void;
  (title: string, options: WxsimOptions, body: () => void): void;
  each: WxsimEach;
}

interface WxsimMock {
  (...args: any[]): any;
  readonly mock: { calls: any[][]; results: { type: string; value: any }[]; lastCall: any[] | undefined };
  mockReturnValue(value: any): this;
  mockReturnValueOnce(value: any): this;
  mockResolvedValue(value: any): this;
  mockRejectedValue(value: any): this;
  mockImplementation(body: (...args: any[]) => any): this;
  mockImplementationOnce(body: (...args: any[]) => any): this;
  mockClear(): this;
  mockReset(): this;
  mockRestore(): void;
  mockName(name: string): this;
}

interface WxsimMatchers {
  not: WxsimMatchers;
  resolves: WxsimMatchers;
  rejects: WxsimMatchers;
  toBe(value: any): any;
  toEqual(value: any): any;
  toStrictEqual(value: any): any;
  toMatchObject(value: any): any;
  toBeTruthy(): any;
  toBeFalsy(): any;
  toBeNull(): any;
  toBeUndefined(): any;
  toBeDefined(): any;
  toBeNaN(): any;
  toBeGreaterThan(value: number): any;
  toBeGreaterThanOrEqual(value: number): any;
  toBeLessThan(value: number): any;
  toBeLessThanOrEqual(value: number): any;
  toBeCloseTo(value: number, digits?: number): any;
  toBeInstanceOf(value: any): any;
  toMatch(value: WxsimText): any;
  toContain(value: any): any;
  toContainEqual(value: any): any;
  toHaveLength(length: number): any;
  toHaveProperty(path: string | string[], value?: any): any;
  toThrow(error?: any): any;
  toSatisfy(holds: (value: any) => boolean): any;
  toHaveBeenCalled(): any;
  toHaveBeenCalledOnce(): any;
  toHaveBeenCalledTimes(count: number): any;
  toHaveBeenCalledWith(...args: any[]): any;
  toHaveBeenLastCalledWith(...args: any[]): any;
  toHaveBeenNthCalledWith(nth: number, ...args: any[]): any;
  toHaveReturned(): any;
  toMatchSnapshot(hint?: string): any;
  toMatchInlineSnapshot(text?: string): any;
  /** `expect(app)` */
  toBeOnPage(page: string | { route: string; query?: Record<string, string> }, query?: Record<string, string>): any;
  toHaveData(data: Record<string, any>): any;
  toHaveData(path: string, value?: any): any;
  toHaveStored(key: string, value?: any): any;
  toHaveNoErrors(): any;
  /** `expect(screen)`, or an element */
  toShow(text: WxsimText): any;
  toMatchTree(hint?: string): any;
  /** `expect(wx)` */
  toHaveCalled(api: WxsimApi, options?: any): any;
  toHaveCalledTimes(api: WxsimApi, count: number): any;
  /** `expect(wx.last('getLocation'))`, a result or an error */
  toFailWith(errMsg: WxsimText): any;
  toSucceed(): any;
  /** `expect(user)` */
  toHavePrompted(question: WxsimQuestion, options?: { text?: WxsimText; times?: number }): any;
  toHaveNoPrompts(): any;
  /** `expect(server)` */
  toHaveRequested(method: string, url: WxsimText, body?: any): any;
  /** `expect(world)` */
  toHavePermission(scope: string, on?: boolean): any;
  /** `expect({ encryptedData, iv })` */
  toDecryptTo(value: any): any;
  /** `expect(order)`, or its number */
  toBePaid(): any;
  /** `expect(sim)` */
  toMatchTrace(hint?: string): any;
  /** `expect(component)` */
  toHaveEmitted(event: string, detail?: any): any;
}

interface WxsimExpect {
  (value: any, message?: string): WxsimMatchers;
  soft(value: any, message?: string): WxsimMatchers;
  poll(read: () => any, options?: { timeout?: number; interval?: number }): WxsimMatchers;
  any(type: any): any;
  anything(): any;
  objectContaining(value: Record<string, any>): any;
  arrayContaining(value: any[]): any;
  stringContaining(text: string): any;
  stringMatching(text: WxsimText): any;
  closeTo(value: number, digits?: number): any;
  not: Pick<WxsimExpect, 'objectContaining' | 'arrayContaining' | 'stringContaining' | 'stringMatching'>;
  assertions(count: number): void;
  hasAssertions(): void;
  extend(matchers: Record<string, (this: any, received: any, ...args: any[]) => { pass: boolean; message: () => string }>): void;
}

/** What there is to see when the program has come to rest. */
interface WxsimState {
  readonly page: string | null;
  readonly stack: string[];
  readonly data: any;
  readonly app: any;
  readonly storage: Record<string, any>;
  /** The visible texts, a line each. */
  readonly shows: string;
  readonly session: any;
  readonly permissions: Record<string, string>;
  readonly orders: any[];
  readonly isLoading: boolean;
}
/** Names with functions of the state, or with texts of expressions over `state`. */
type WxsimProperties = Record<string, ((state: WxsimState) => any) | string>;
type WxsimVary = 'network' | 'timeout' | 'server' | 'session' | 'settings' | 'order' | 'twice' | 'interrupt' | 'system';
interface WxsimExploration extends WxsimOptions {
  /** They hold in every state. */
  always?: WxsimProperties;
  /** They hold in at least one state. */
  sometimes?: WxsimProperties;
  /** They can still come to hold from every state. */
  eventually?: WxsimProperties;
  /** What goes otherwise besides gestures and answers. */
  vary?: WxsimVary[] | 'all';
  depth?: number;
  maxStates?: number;
  /** Real time, such as '10s'. */
  budget?: string;
  settle?: string;
  twists?: number;
  rules?: 'error' | 'warn' | 'off';
  /** It begins with a start of the program. */
  start?: boolean | string | { page?: string; query?: Record<string, any>; scene?: number };
  /** Only these choices: their numbers ('0,3,1') or keys. */
  replay?: string | string[];
  /** The rule or property that alone fails the test. */
  expect?: string;
}
interface WxsimExploreFunction {
  (title: string, body: WxsimBody): void;
  (title: string, options: WxsimExploration, body?: WxsimBody): void;
  each(rows: any[]): (title: string, options: WxsimExploration, body?: (...args: any[]) => any) => void;
}
interface WxsimExplore extends WxsimExploreFunction {
  only: WxsimExploreFunction;
  skip: WxsimExploreFunction;
  fails: WxsimExploreFunction;
}

interface WxsimTest extends WxsimTestFunction {
  only: WxsimTestFunction;
  skip: WxsimTestFunction;
  todo: WxsimTestFunction;
  fails: WxsimTestFunction;
  /** A test that goes on from its end in every way that a user and the world can take. */
  explore: WxsimExplore;
  skipIf(condition: any): WxsimTestFunction;
  runIf(condition: any): WxsimTestFunction;
  /** Starts the program's own server and waits until it prints `ready`; it ends with the test. */
  process(
    command: string,
    args?: (string | number)[],
    options?: { ready?: string; env?: Record<string, string | number>; cwd?: string; timeout?: WxsimDuration },
  ): Promise<{ readonly output: string; stop(): void }>;
  use(options: WxsimOptions): void;
  describe: WxsimGroup;
}
interface WxsimGroup extends WxsimGroupFunction {
  only: WxsimGroupFunction;
  skip: WxsimGroupFunction;
}

declare module 'wxsim' {
  export const test: WxsimTest;
  export const it: WxsimTest;
  export const describe: WxsimGroup;
  export function beforeAll(body: WxsimBody): void;
  export function beforeEach(body: WxsimBody): void;
  export function afterEach(body: WxsimBody): void;
  export function afterAll(body: WxsimBody): void;
  export const expect: WxsimExpect;
  export function fn(body?: (...args: any[]) => any): WxsimMock;
  export function spyOn(object: any, method: string, access?: 'get' | 'set'): WxsimMock;
  export const screen: WxsimQueries;
  export function within(element: WxsimElement): WxsimQueries;
}
