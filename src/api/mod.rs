//! The `wx` object: one file per API, foldered as the official manual.
//!
//! A file holds the API's row ([`ApiSpec`]) and its behaviour over the world. It knows no engine,
//! no event loop and no dialog: it answers, or says what must be asked.

pub mod advertisement;
pub mod canvas_area;
pub mod card_list;
pub mod choice;
pub mod chosen_files;
pub mod cloud_value;
pub mod conversation;
pub mod exchange;
pub mod file_access;
pub mod jump;
pub mod kept_files;
pub mod location_updates;
pub mod measured;
pub mod media_bytes;
pub mod media_choice;
pub mod message_choice;
pub mod multipart;
pub mod names;
pub mod open_data_result;
pub mod outside;
pub mod query;
pub mod question;
pub mod redirect;
pub mod request_profile;
pub mod sensor;
pub mod sent_header;
pub mod sound_members;
pub mod storage_value;
pub mod system_info;
pub mod unmodelled;
pub mod user_info_result;
pub mod zip_archive;

use crate::errmsg::{self, Blank, Reason};
use crate::package::PackageFiles;
use crate::spec::{ApiSpec, Form};
use crate::value::Value;
use crate::version::Version;
use crate::world::object::ObjectId;
use crate::world::route::RouteRequest;
use crate::world::{Caller, World};
use exchange::{Answered, Arrived, Request};
use measured::{Measure, Measured};
use question::Question;
use serde_json::Value as Json;

/// What an API may read and change.
pub struct Cx<'a> {
    /// The simulated facts.
    pub world: &'a mut World,
    /// The user in the mini program.
    pub caller: Caller,
    /// The code package.
    pub package: PackageFiles<'a>,
    /// The object whose method or member it is; the one that [`Form::Opens`] gives.
    pub object: Option<ObjectId>,
}

impl Cx<'_> {
    /// The object of a method or member.
    ///
    /// # Panics
    /// In an API that is no method and opens nothing.
    pub fn this(&self) -> ObjectId {
        self.object.expect("methods are called on an object")
    }
}

/// Members of a success result besides `errMsg`, or why the call failed.
pub type Reply = Result<Vec<(String, Value)>, Reason>;

/// What is sent to open a connection and whether a rule answers it, or why nothing is sent.
pub type Connect = fn(&mut Cx<'_>, &Value) -> Result<(Request, bool), Reason>;

/// What an API does.
#[derive(Clone, Copy)]
pub enum Behaviour {
    /// Answers at once; the callback comes after the row's latency.
    Answer(fn(&mut Cx<'_>, &Value) -> Reply),
    /// Needs the user.
    Ask {
        /// The question, or why there is none.
        ask: fn(&mut Cx<'_>, &Value) -> Result<Question, Reason>,
        /// The reply to an answer that fits the question.
        answered: fn(&mut Cx<'_>, &Value, &Json) -> Reply,
    },
    /// Needs the user, perhaps more than once.
    Dialog {
        /// The first question, or why there is none.
        ask: fn(&mut Cx<'_>, &Value) -> Result<Question, Reason>,
        /// What an answer that fits the question comes to.
        answered: fn(&mut Cx<'_>, &Value, &Json) -> Turn,
    },
    /// Has to know where things stand on the page on top.
    Measures {
        /// What it has to know.
        asks: fn(&Value) -> Measure,
        /// The reply once it knows.
        measured: fn(&mut Cx<'_>, &Value, Measured) -> Reply,
    },
    /// Needs the user, or not.
    MayAsk {
        /// The question, or the reply without one.
        ask: fn(&mut Cx<'_>, &Value) -> Result<Asked, Reason>,
        /// The reply to an answer that fits the question.
        answered: fn(&mut Cx<'_>, &Value, &Json) -> Reply,
    },
    /// Begins something; the success comes when the world says that it is over.
    Lasts(fn(&mut Cx<'_>, &Value) -> Result<ObjectId, Reason>),
    /// Opens or closes pages; requests run one after the other.
    Route(fn(&Value) -> RouteRequest),
    /// Opens a connection.
    Connect(Connect),
    /// Asks a server; at most ten of an API at a time, the others wait.
    Transfer {
        /// The request, or why there is none.
        request: fn(&mut Cx<'_>, &Value) -> Result<Request, Reason>,
        /// What the server's answer leads to.
        answered: Answered,
        /// What is done with a success when it arrives.
        arrived: Arrived,
    },
    /// Asks a server, or not.
    MayTransfer {
        /// The reply without a server.
        local: fn(&mut Cx<'_>, &Value) -> Option<Reply>,
        /// The request, or why there is none.
        request: fn(&mut Cx<'_>, &Value) -> Result<Request, Reason>,
        /// What the server's answer leads to.
        answered: Answered,
    },
    /// Returns its result.
    Sync(fn(&mut Cx<'_>, &[Value]) -> Result<Value, Reason>),
    /// Returns an object of the row's class.
    Create(fn(&mut Cx<'_>, &[Value]) -> Result<ObjectId, Reason>),
    /// Adds or removes a listener; the runtime emits.
    Listen,
    /// Lives in the prelude.
    Script,
    /// Shares the page.
    Share,
    /// Is not simulated and answers softly.
    Unsupported,
}

/// What an API that may need the user comes to.
#[derive(Clone, Debug)]
pub enum Asked {
    /// The user is asked.
    Question(Question),
    /// It answers by itself.
    Answer(Vec<(String, Value)>),
}

/// What an answer comes to, where a dialog may go on.
#[derive(Clone, Debug)]
pub enum Turn {
    /// The call is answered.
    Reply(Reply),
    /// The user is asked again.
    Ask(Question),
    /// No callback ever runs.
    Silence,
}

/// A member of `wx`.
#[derive(Clone, Copy)]
pub struct Api {
    /// Its row.
    pub spec: &'static ApiSpec,
    /// What it does.
    pub behaviour: Behaviour,
}

/// Objects that an API gives, such as a socket: methods, properties.
#[derive(Clone, Copy)]
pub struct Class {
    /// As in the manual.
    pub name: &'static str,
    /// Its methods; their rows are named `Class.method`.
    pub methods: &'static [Api],
    /// Its properties.
    pub members: &'static [Member],
    /// Methods without simulation: they are there and answer softly.
    pub missing: &'static [&'static str],
}

/// A property of an object; it is in the world.
#[derive(Clone, Copy)]
pub struct Member {
    /// Its name.
    pub name: &'static str,
    /// Its value.
    pub get: fn(&Cx<'_>) -> Value,
    /// What writing it does; `None` when it cannot be written.
    pub set: Option<fn(&mut Cx<'_>, &Value)>,
}

macro_rules! apis {
    ($($group:ident { $($api:ident),* $(,)? $(; $($class:ident),* $(,)?)? })*) => {
        $(
            #[doc = concat!("Chapter `", stringify!($group), "` of the official API manual.")]
            pub mod $group { $(pub mod $api;)* $($(pub mod $class;)*)? }
        )*
        /// Every simulated member of `wx`, in the order of the manual.
        pub const APIS: &[Api] = &[$($($group::$api::API),*),*];
        /// Every class of objects that they give.
        pub const CLASSES: &[Class] = &[$($($($group::$class::CLASS,)*)?)*];
    };
}

// Of each chapter its members of `wx`; behind a `;` the classes of their objects.
apis! {
    base {
        env, get_system_info, get_system_info_sync, get_system_info_async, get_window_info,
        get_device_info, get_app_base_info, get_account_info_sync, can_i_use, next_tick,
        get_launch_options_sync, get_enter_options_sync, on_app_show, off_app_show,
        on_app_hide, off_app_hide, on_error, off_error, on_unhandled_rejection,
        off_unhandled_rejection, on_page_not_found, off_page_not_found, on_theme_change,
        off_theme_change, get_update_manager, get_log_manager, get_realtime_log_manager,
        set_enable_debug, get_performance, array_buffer_to_base64, base64_to_array_buffer,
        report_performance, get_api_category, on_api_category_change, off_api_category_change,
        get_system_setting, get_app_authorize_setting, open_app_authorize_setting,
        open_system_bluetooth_setting, get_skyline_info, get_skyline_info_sync,
        get_device_benchmark_info, update_we_chat_app, preload_assets, preload_webview,
        preload_skyline_view, get_random_values, request_idle_callback, cancel_idle_callback,
        on_audio_interruption_begin, off_audio_interruption_begin, on_audio_interruption_end,
        off_audio_interruption_end, on_lazy_load_error, off_lazy_load_error,
        on_before_app_route, off_before_app_route, on_app_route, off_app_route,
        on_app_route_done, off_app_route_done, on_before_page_load, off_before_page_load,
        on_after_page_load, off_after_page_load, on_before_page_unload, off_before_page_unload,
        on_after_page_unload, off_after_page_unload, load_subpackage, pre_download_subpackage;
        update_manager, load_subpackage_task, pre_download_subpackage_task, performance,
        performance_observer,
    }
    route { navigate_to, redirect_to, re_launch, switch_tab, navigate_back, rewrite_route }
    navigate {
        navigate_to_mini_program, navigate_back_mini_program, exit_mini_program,
        open_embedded_mini_program,
    }
    storage {
        set_storage, set_storage_sync, get_storage, get_storage_sync, remove_storage,
        remove_storage_sync, clear_storage, clear_storage_sync, get_storage_info,
        get_storage_info_sync, batch_set_storage, batch_set_storage_sync, batch_get_storage,
        batch_get_storage_sync, create_buffer_url, revoke_buffer_url, get_background_fetch_data,
        set_background_fetch_token, get_background_fetch_token, on_background_fetch_data,
    }
    wxml { create_selector_query, create_intersection_observer }
    ui {
        show_modal, show_action_sheet, show_toast, hide_toast, show_loading, hide_loading,
        get_menu_button_bounding_client_rect, set_navigation_bar_title,
        set_navigation_bar_color, show_navigation_bar_loading, hide_navigation_bar_loading,
        hide_home_button, start_pull_down_refresh, stop_pull_down_refresh, page_scroll_to,
        set_background_color, set_background_text_style, set_tab_bar_badge,
        remove_tab_bar_badge, show_tab_bar_red_dot, hide_tab_bar_red_dot, set_tab_bar_item,
        set_tab_bar_style, show_tab_bar, hide_tab_bar, set_top_bar_text, load_font_face,
        load_built_in_font_face, set_window_size, on_window_resize, off_window_resize,
        on_window_state_change, off_window_state_change, enable_alert_before_unload,
        disable_alert_before_unload, check_is_picture_in_picture_active,
        on_menu_button_bounding_client_rect_weight_change,
        off_menu_button_bounding_client_rect_weight_change, on_user_trigger_translation,
        off_user_trigger_translation, on_user_off_translation, off_user_off_translation,
    }
    login { login, check_session }
    setting { authorize, authorize_for_mini_program, get_setting, open_setting }
    message { request_subscribe_message, request_subscribe_device_message }
    location {
        get_location, get_fuzzy_location, choose_location, choose_poi, open_location,
        start_location_update, start_location_update_background, stop_location_update,
        on_location_change, off_location_change,
    }
    device {
        set_clipboard_data, get_clipboard_data, vibrate_short, vibrate_long,
        get_network_type, on_network_status_change, off_network_status_change,
        make_phone_call, hide_keyboard, set_keep_screen_on, get_screen_brightness,
        set_screen_brightness, get_battery_info, get_battery_info_sync,
        start_accelerometer, stop_accelerometer, on_accelerometer_change,
        off_accelerometer_change, start_compass, stop_compass, on_compass_change,
        off_compass_change, start_gyroscope, stop_gyroscope, on_gyroscope_change,
        off_gyroscope_change, start_device_motion_listening, stop_device_motion_listening,
        on_device_motion_change, off_device_motion_change, on_keyboard_height_change,
        off_keyboard_height_change, get_selected_text_range, on_key_down, off_key_down,
        on_key_up, off_key_up, on_user_capture_screen, off_user_capture_screen,
        get_screen_recording_state, on_screen_recording_state_changed,
        off_screen_recording_state_changed, set_visual_effect_on_capture, on_memory_warning,
        off_memory_warning, on_network_weak_change, off_network_weak_change,
        on_battery_info_change, off_battery_info_change, get_local_ip_address,
        check_is_open_accessibility,
    }
    ext { get_ext_config, get_ext_config_sync }
    analytics { report_event, report_analytics, report_monitor }
    network {
        request, upload_file, download_file, connect_socket, send_socket_message, close_socket,
        on_socket_open, on_socket_message, on_socket_error, on_socket_close, create_tcp_socket,
        create_udp_socket;
        socket_task, tcp_socket, udp_socket,
    }
    file {
        get_file_system_manager, save_file, get_saved_file_list, get_saved_file_info,
        remove_saved_file, get_file_info, save_file_to_disk, open_document;
        file_system_manager,
    }
    media {
        choose_image, choose_media, choose_video, choose_message_file, scan_code,
        preview_image, preview_media, get_image_info, compress_image, compress_video,
        crop_image, edit_image, get_video_info, save_image_to_photos_album,
        save_video_to_photos_album, create_inner_audio_context, get_background_audio_manager,
        set_inner_audio_option, get_available_audio_sources,
        get_recorder_manager, play_background_audio, pause_background_audio,
        seek_background_audio, stop_background_audio, get_background_audio_player_state,
        on_background_audio_play, on_background_audio_pause, on_background_audio_stop,
        create_video_context, create_camera_context,
        start_record, stop_record, play_voice, pause_voice, stop_voice, create_audio_context,
        create_live_player_context, create_live_pusher_context, open_video_editor,
        join_voip_chat, exit_voip_chat, update_voip_chat_mute_config, subscribe_voip_video_members, set_enable_1v1_chat, on_voip_chat_members_changed, off_voip_chat_members_changed, on_voip_chat_interrupted, off_voip_chat_interrupted, on_voip_chat_speakers_changed, off_voip_chat_speakers_changed, on_voip_chat_state_changed, off_voip_chat_state_changed, on_voip_video_members_changed, off_voip_video_members_changed;
        inner_audio_context, background_audio_manager, recorder_manager, video_context,
        camera_context, audio_context, live_player_context, live_pusher_context, camera_frame_listener,
    }
    privacy {
        get_privacy_setting, require_privacy_authorize, open_privacy_contract,
        on_need_privacy_authorization,
    }
    user_info { get_user_info, get_user_profile }
    werun { get_we_run_data }
    share {
        show_share_menu, hide_share_menu, update_share_menu, get_share_info, auth_private_message,
    }
    group { get_group_enter_info }
    soter {
        check_is_support_soter_authentication, check_is_soter_enrolled_in_device,
        start_soter_authentication,
    }
    payment { request_payment, request_order_payment }
    favorites { add_file_to_favorites, add_video_to_favorites }
    address { choose_address }
    invoice { choose_invoice_title, choose_invoice }
    license_plate { choose_license_plate }
    card { add_card, open_card }
    contact { add_phone_contact }
    calendar { add_phone_calendar, add_phone_repeat_calendar }
    bluetooth {
        open_bluetooth_adapter, close_bluetooth_adapter, get_bluetooth_adapter_state,
        on_bluetooth_adapter_state_change, off_bluetooth_adapter_state_change,
        create_ble_peripheral_server, on_ble_peripheral_connection_state_changed,
        off_ble_peripheral_connection_state_changed;
        ble_peripheral_server,
    }
    component { insert_camera, insert_live_pusher }
    button {
        agree_privacy_authorization, open_setting, get_user_info, get_phone_number,
        get_realtime_phone_number, choose_avatar, share, launch_app, contact, feedback,
        live_activity,
    }
    service_chat { open_customer_service_chat }
    animation { create_animation; animation }
    canvas {
        create_canvas_context, create_offscreen_canvas, canvas_to_temp_file_path,
        canvas_get_image_data, canvas_put_image_data, create_context, draw_canvas;
        canvas_context, offscreen_canvas, image,
    }
    map { create_map_context; map_context }
    ai { create_vk_session, is_vk_support; vk_session }
    worker { create_worker; worker }
    ad {
        create_interstitial_ad, create_rewarded_video_ad;
        interstitial_ad, rewarded_video_ad,
    }
    cloud {
        cloud, init, call_function, upload_file, download_file, delete_file, get_temp_file_url, database,
        cloud_id, cdn;
        cloud_database, collection, document,
    }
}

/// The simulated API of that name, present or not in the profile's base library.
pub fn find(name: &str) -> Option<&'static Api> {
    APIS.iter().find(|api| api.spec.name == name)
}

/// The class of that name.
pub fn class(name: &str) -> Option<&'static Class> {
    CLASSES.iter().find(|class| class.name == name)
}

/// Every row with a behaviour: the members of `wx`, then the methods of the classes.
pub fn rows() -> impl Iterator<Item = &'static Api> {
    let methods = CLASSES.iter().flat_map(|class| class.methods);
    APIS.iter().chain(methods)
}

/// Whether the API exists in a base library.
pub fn exists(api: &Api, sdk: Version) -> bool {
    sdk >= api.spec.since
}

/// An asynchronous API that answers at once.
pub const fn answer(spec: &'static ApiSpec, call: fn(&mut Cx<'_>, &Value) -> Reply) -> Api {
    Api {
        spec,
        behaviour: Behaviour::Answer(call),
    }
}

/// An API that asks a server.
pub const fn transfer(
    spec: &'static ApiSpec,
    request: fn(&mut Cx<'_>, &Value) -> Result<Request, Reason>,
    answered: Answered,
) -> Api {
    Api {
        spec,
        behaviour: Behaviour::Transfer {
            request,
            answered,
            arrived: |_, _, members| Ok(members),
        },
    }
}

/// A synchronous API.
pub const fn sync(
    spec: &'static ApiSpec,
    call: fn(&mut Cx<'_>, &[Value]) -> Result<Value, Reason>,
) -> Api {
    Api {
        spec,
        behaviour: Behaviour::Sync(call),
    }
}

/// An API that gives an object.
pub const fn create(
    spec: &'static ApiSpec,
    call: fn(&mut Cx<'_>, &[Value]) -> Result<ObjectId, Reason>,
) -> Api {
    Api {
        spec,
        behaviour: Behaviour::Create(call),
    }
}

/// A listener API.
pub const fn listener(spec: &'static ApiSpec) -> Api {
    Api {
        spec,
        behaviour: Behaviour::Listen,
    }
}

/// The result object of an asynchronous call of that name.
pub fn result(name: &str, reply: &Reply, world: &World) -> Value {
    let mut members = Vec::new();
    match reply {
        Ok(fields) => {
            members.extend(fields.iter().cloned());
            members.push(("errMsg".to_owned(), errmsg::ok(name).into()));
        }
        Err(reason) => {
            let text = errmsg::fail(name, reason, world.profile());
            members.push(("errMsg".to_owned(), text.into()));
            let is_new = world.profile().sdk >= ERRNO_SINCE;
            // The numbers of files came with the table of general ones.
            if let Some(code) = reason.err_code()
                && (is_new || !matches!(reason, Reason::File(..)))
            {
                #[expect(clippy::cast_precision_loss, reason = "a code of a few digits")]
                members.push(("errCode".to_owned(), Value::Number(code as f64)));
            }
            if let Some(state) = reason.bluetooth_state(name, world.profile()) {
                members.push(("state".to_owned(), state.into()));
            }
            let blank = |blank: Blank| match blank {
                Blank::Text => Value::from(""),
                Blank::No => Value::from(false),
            };
            let blanks = reason.blank_members().iter();
            members.extend(blanks.map(|(name, it)| ((*name).to_owned(), blank(*it))));
            if let Some(errno) = reason.errno().filter(|_| is_new) {
                members.push(("errno".to_owned(), errno.into()));
            }
            if let Some(status) = ai::vk_session::failed_status(name, reason) {
                members.push(("status".to_owned(), status.into()));
            }
            if let Some(exception) = exchange::failed_exception(name, reason, world) {
                members.push(("exception".to_owned(), exception));
            }
        }
    }
    Value::Object(members)
}

/// Base library in which results began to carry `errno` (`wx.login` documents it from there).
const ERRNO_SINCE: Version = Version(2, 24, 0);

/// `index` of the options of an API of the tab bar; what is no whole number from 0 is no item.
fn tab_index(options: &Value) -> usize {
    let index = options
        .get("index")
        .as_f64()
        .filter(|at| *at >= 0.0 && at.fract() == 0.0);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "float casts saturate"
    )]
    index.map_or(usize::MAX, |at| at as usize)
}

/// Whether a row's form is one of the listener forms, with the event.
pub fn event_of(form: Form) -> Option<&'static str> {
    match form {
        Form::On(event) | Form::Off(event) | Form::Sets(event) => Some(event),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
