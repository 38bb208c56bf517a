// The cloud's database: queries, commands and aggregations as plain values; the simulator does the rest.
(function (host, kit) {
  'use strict';
  // A condition or a change that is more than a value; conditions can be joined.
  class Command {
    constructor(name, args) {
      this.$command = name;
      this.arguments = args;
    }
    and(...others) {
      return new Command('and', [this, ...list(others)]);
    }
    or(...others) {
      return new Command('or', [this, ...list(others)]);
    }
  }
  // Several arguments, or one list of them.
  const list = (args) => (args.length === 1 && kit.isArray(args[0]) ? args[0] : args);
  const command = {};
  for (const name of [
    'eq', 'neq', 'gt', 'gte', 'lt', 'lte', 'in', 'nin', 'exists', 'mod', 'all', 'elemMatch', 'size', 'not',
    'set', 'remove', 'inc', 'mul', 'min', 'max', 'push', 'pop', 'shift', 'unshift', 'addToSet', 'pull', 'pullAll',
  ]) {
    command[name] = (...args) => new Command(name, args);
  }
  for (const name of ['and', 'or', 'nor']) {
    command[name] = (...args) => new Command(name, list(args));
  }
  for (const name of ['geoNear', 'geoWithin', 'geoIntersects', 'rename', 'bit']) {
    command[name] = (...args) => {
      host.unsupported(`db.command.${name}`);
      return new Command(name, args);
    };
  }
  command.aggregate = kit.create(null);

  // `RegExp`s of scripts among conditions, and those of `db.RegExp`.
  const plain = (value) => {
    if (value instanceof RegExp) return new Command('regexp', [value.source, value.flags]);
    if (!kit.isObject(value) || value instanceof Date) return value;
    if (kit.isArray(value)) {
      const items = [];
      for (const item of value) kit.push(items, plain(item));
      return items;
    }
    const members = {};
    for (const key of kit.keys(value)) members[key] = plain(value[key]);
    return members;
  };
  const request = (name, query, options) => {
    const given = kit.isObject(options) ? options : {};
    const call = kit.assign({}, query);
    if ('data' in given) call.data = plain(given.data);
    for (const key of ['success', 'fail', 'complete']) if (key in given) call[key] = given[key];
    return kit.methodRow(name)(undefined, call);
  };

  class Query {
    constructor(query) {
      kit.define(this, 'query', { value: query });
    }
    with(key, value) {
      const query = kit.assign({}, this.query);
      query[key] = value;
      return new Query(query);
    }
    where(conditions) {
      return this.with('where', plain(conditions));
    }
    orderBy(path, direction) {
      return this.with('orderBy', [...(this.query.orderBy || []), [path, direction]]);
    }
    limit(count) {
      return this.with('limit', count);
    }
    skip(count) {
      return this.with('skip', count);
    }
    field(field) {
      return this.with('field', field);
    }
    get(options) {
      return request('Collection.get', this.query, options);
    }
    count(options) {
      return request('Collection.count', this.query, options);
    }
    update(options) {
      return request('Collection.update', this.query, options);
    }
    remove(options) {
      return request('Collection.remove', this.query, options);
    }
    watch(options) {
      return kit.methodRow('Collection.watch')(undefined, options);
    }
  }
  class Document {
    constructor(query) {
      kit.define(this, 'query', { value: query });
    }
    field(field) {
      return new Document(kit.assign({}, this.query, { field }));
    }
    watch(options) {
      return kit.methodRow('Document.watch')(undefined, options);
    }
  }
  for (const name of ['get', 'set', 'update', 'remove']) {
    kit.define(Document.prototype, name, {
      value(options) {
        return request(`Document.${name}`, this.query, options);
      },
    });
  }
  class Aggregate {
    constructor(collection) {
      kit.define(this, 'query', { value: { collection, stages: [] } });
    }
    end(options) {
      return request('Collection.aggregate', this.query, options);
    }
  }
  for (const name of [
    'match', 'sort', 'limit', 'skip', 'project', 'count', 'sample', 'group', 'addFields', 'lookup', 'unwind',
    'bucket', 'bucketAuto', 'geoNear', 'replaceRoot', 'sortByCount',
  ]) {
    kit.define(Aggregate.prototype, name, {
      value(argument) {
        kit.push(this.query.stages, [name, plain(argument)]);
        return this;
      },
    });
  }
  class Collection extends Query {
    doc(id) {
      return new Document({ collection: this.query.collection, id });
    }
    add(options) {
      return request('Collection.add', this.query, options);
    }
    aggregate() {
      return new Aggregate(this.query.collection);
    }
  }

  kit.shapers.CloudDatabase = (object) => {
    kit.define(object, 'Geo', { get: () => kit.inert('db', 'Geo') });
    return kit.assign(object, {
      command,
      collection: (name) => new Collection({ collection: `${name}` }),
      serverDate: (options) => ({ $serverDate: (options && options.offset) || 0 }),
      RegExp: function ({ regexp, options = '' }) {
        return new Command('regexp', [regexp, options]);
      },
    });
  };
})
