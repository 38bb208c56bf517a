// Observers of measured times: what their callback gets.
(function (host, kit) {
  'use strict';
  const listOf = (entries) => {
    const pick = (fits) => {
      const picked = [];
      for (const entry of entries) if (fits(entry)) kit.push(picked, entry);
      return picked;
    };
    return {
      getEntries: () => pick(() => true),
      getEntriesByType: (type) => pick((entry) => entry.entryType === type),
      getEntriesByName: (name, type) =>
        pick((entry) => entry.name === name && (type === undefined || entry.entryType === type)),
    };
  };
  kit.shapers.PerformanceObserver = (object, id, [callback]) => {
    if (kit.isFunction(callback)) {
      kit.listen(`PerformanceObserver.entries @${id}`, (entries) => callback(listOf(entries)));
    }
    return object;
  };
})
