//! XR-FRAME: the scenes of the 3D renderer. Their elements are known by name only.
//!
//! Official page: `component/xr-frame`.

use crate::view::tags::Tag;
use crate::view::tags::attribute::v;

const fn element(name: &'static str) -> Tag {
    Tag {
        name,
        since: v(2, 32, 0),
        container: true,
        inert: true,
        attributes: &[],
        events: &[],
    }
}

/// The tags of this family.
pub(super) const TAGS: &[Tag] = &[
    element("xr-scene"),
    element("xr-node"),
    element("xr-element"),
    element("xr-shadow"),
    element("xr-mesh"),
    element("xr-text"),
    element("xr-gltf"),
    element("xr-camera"),
    element("xr-light"),
    element("xr-env"),
    element("xr-particle"),
    element("xr-physics"),
    element("xr-ar-tracker"),
    element("xr-assets"),
    element("xr-asset-load"),
    element("xr-asset-material"),
    element("xr-asset-render-texture"),
    element("xr-asset-post-process"),
];
