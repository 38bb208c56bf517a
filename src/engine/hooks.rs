//! Virtual clock, fixed time zone, the ban on code from strings, unhandled rejections.

use std::rc::Rc;

use boa_engine::builtins::promise::OperationType;
use boa_engine::builtins::promise::{Promise, PromiseState};
use boa_engine::context::HostHooks;
use boa_engine::context::time::{Clock, JsInstant};
use boa_engine::object::JsObject;
use boa_engine::object::builtins::JsPromise;
use boa_engine::realm::Realm;
use boa_engine::{Context, JsNativeError, JsResult, JsString};

use super::{Host, Shared};

/// The host's virtual time as the engine's clock.
pub(super) struct VirtualClock(pub(super) Rc<dyn Host>);

impl Clock for VirtualClock {
    fn now(&self) -> JsInstant {
        let ms = u64::try_from(self.0.now_unix_ms()).unwrap_or(0);
        JsInstant::new(ms / 1000, (ms % 1000) as u32 * 1_000_000)
    }

    fn system_time_millis(&self) -> i64 {
        self.0.now_unix_ms()
    }
}

/// The engine's questions to its embedder.
pub(super) struct Hooks(pub(super) Rc<Shared>);

impl HostHooks for Hooks {
    fn promise_rejection_tracker(
        &self,
        promise: &JsObject<Promise>,
        operation: OperationType,
        _: &mut Context,
    ) {
        let object = promise.clone().upcast();
        let mut rejected = self.0.rejected.borrow_mut();
        match operation {
            OperationType::Reject => {
                let state = JsPromise::from_object(object.clone()).map(|promise| promise.state());
                if let Ok(PromiseState::Rejected(reason)) = state {
                    rejected.push((object, reason));
                }
            }
            OperationType::Handle => {
                rejected.retain(|(other, _)| !JsObject::equals(other, &object));
            }
        }
    }

    fn ensure_can_compile_strings(
        &self,
        _: Realm,
        _: &[JsString],
        _: &JsString,
        _: bool,
        _: &mut Context,
    ) -> JsResult<()> {
        if self.0.strings_allowed.get() {
            return Ok(());
        }
        Err(JsNativeError::eval()
            .with_message("Code generation from strings disallowed for this context")
            .into())
    }

    fn local_timezone_offset_seconds(&self, _: i64) -> i32 {
        self.0.host.utc_offset_s()
    }

    fn max_buffer_size(&self, _: &mut Context) -> u64 {
        BUFFER_BYTES_MAX
    }
}

/// Largest `ArrayBuffer`.
const BUFFER_BYTES_MAX: u64 = 512 * 1024 * 1024;
