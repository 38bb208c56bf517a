const SUBJECTS = [
  { page: 'properties', title: '属性与监听' },
  { page: 'slots', title: '插槽' },
  { page: 'behaviors', title: 'behaviors' },
  { page: 'relations', title: '组件间关系' },
  { page: 'events', title: '事件' },
  { page: 'styles', title: '样式隔离与外部样式类' },
  { page: 'generics', title: '抽象节点' },
  { page: 'pure-data', title: '纯数据字段' },
  { page: 'virtual-host', title: '虚拟化组件节点' },
  { page: 'model', title: '简易双向绑定' },
  { page: 'wxs', title: 'WXS' },
  { page: 'detail', title: '用 Component 构造页面' },
  { page: 'form', title: '表单' },
  { page: 'query', title: '节点查询' },
]

Page({
  data: { subjects: SUBJECTS.map((subject) => ({
    ...subject,
    url: `/pages/${subject.page}/${subject.page}${subject.page === 'detail' ? '?id=7' : ''}`,
  })) },
})
