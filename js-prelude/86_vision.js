// VKSession: listeners, frames and the function that hears of the start.
(function (host, kit) {
  'use strict';
  const { Floats } = kit;
  const unit = (size) => {
    const matrix = new Floats(size * size);
    for (let at = 0; at < size; at += 1) matrix[at * (size + 1)] = 1;
    return matrix;
  };
  // How a camera with an angle of sixty degrees projects, column by column.
  const projection = (ratio) => (near, far) => {
    const matrix = new Floats(16);
    const scale = 1.7320508075688772;
    matrix[0] = scale / ratio;
    matrix[5] = scale;
    matrix[10] = (far + near) / (near - far);
    matrix[11] = -1;
    matrix[14] = (2 * far * near) / (near - far);
    return matrix;
  };
  const frameOf = ({ timestamp }, width, height) => ({
    timestamp,
    camera: {
      viewMatrix: unit(4),
      transform: unit(4),
      intrinsics: unit(3),
      getProjectionMatrix: projection(width / height || 1),
    },
    getDisplayTransform: () => unit(3),
    getCameraTexture: () => ({ yTexture: null, uvTexture: null }),
    getCameraBuffer: (columns, rows) => new kit.Bytes(columns * rows * 4).buffer,
  });
  kit.shapers.VKSession = (object, id, [config], call) => {
    const list = (event) => `VKSession.${event} @${id}`;
    object.config = config;
    object.on = (event, listener) => kit.listen(list(event), listener);
    object.off = (event, listener) => kit.ignore(list(event), listener);
    object.start = (callback) => {
      const complete = ({ status }) => {
        if (kit.isFunction(callback)) callback(status);
      };
      call('start', { complete });
    };
    object.requestAnimationFrame = (callback) => kit.frame(callback, 16);
    object.cancelAnimationFrame = kit.stopTimer;
    object.getVKFrame = (width, height) => {
      const taken = call('getVKFrame', width, height);
      return taken === null ? null : frameOf(taken, width, height);
    };
    return object;
  };
})
