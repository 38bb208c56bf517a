//! The formId of a submitted form, and whether a handler of `submit` counts as a tap.
//!
//! Official pages: `component/form` (`report-submit`), "Tap events"; changelog 2.21.3: a subscription may be asked for
//! when a form is submitted.

use super::sim::Sim;
use crate::version::Version;
use crate::view::gesture::report_timeout;
use crate::view::tree::NodeId;
use crate::view::value::{Fields, Val};
use crate::world::message::ticket::RequestFormId;
use crate::world::route::PageId;

/// Base library since which a handler of `submit` has the tap state.
const SUBMIT_IS_TAP_SINCE: Version = Version(2, 21, 3);

impl Sim {
    /// Whether a handler of `submit` has the tap state.
    pub(super) fn submit_is_tap(&self) -> bool {
        self.with(|core| core.world.profile().sdk >= SUBMIT_IS_TAP_SINCE)
    }

    /// The detail of `submit` with the formId of a form that wants one; the form waits as long as it says.
    pub(super) fn with_form_id(&mut self, page: PageId, form: NodeId, detail: Val) -> Val {
        let form_id = self.with(|core| {
            let timeout = report_timeout(core.views.trees.get(&page)?, form)?;
            let caller = core.world.caller();
            #[expect(clippy::cast_possible_truncation, reason = "milliseconds")]
            let timeout_ms = timeout as i64;
            Some(core.world.apply(RequestFormId { caller, timeout_ms }))
        });
        let Some(form_id) = form_id else {
            return detail;
        };
        if form_id.after_ms > 0 {
            let end = self.now().plus(form_id.after_ms);
            self.run_until(end);
        }
        let mut fields = match &detail {
            Val::Object(fields) => (**fields).clone(),
            _ => Fields::default(),
        };
        fields.set("formId", Val::text(&form_id.text));
        Val::Object(fields.into())
    }
}
