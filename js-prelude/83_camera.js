// CameraFrameListener: the function that gets the frames is an argument of what gives it.
(function (host, kit) {
  'use strict';
  kit.shapers.CameraFrameListener = (object, id, [callback]) => {
    kit.listen(`CameraFrameListener.frame @${id}`, callback);
    return object;
  };
})
