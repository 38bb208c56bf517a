//! Tests: JavaScript test files and the program that they test.

/// The scripts of `expect` that are read at every start, in load order.
#[cfg_attr(not(test), expect(dead_code, reason = "for the test context"))]
const EXPECT: &[(&str, &str)] = &[
    (
        "wxsim:t14",
        include_str!("../../js-prelude/test/14_equals.js"),
    ),
    (
        "wxsim:t20",
        include_str!("../../js-prelude/test/20_expect.js"),
    ),
    (
        "wxsim:t22",
        include_str!("../../js-prelude/test/22_matchers.js"),
    ),
];

/// Those that are read when they are needed.
#[cfg_attr(not(test), expect(dead_code, reason = "for the test context"))]
const EXPECT_LATER: &[(&str, &str)] = &[
    (
        "wxsim:t74",
        include_str!("../../js-prelude/test/74_format.js"),
    ),
    (
        "wxsim:t75",
        include_str!("../../js-prelude/test/75_patterns.js"),
    ),
    (
        "wxsim:t76",
        include_str!("../../js-prelude/test/76_more_matchers.js"),
    ),
    (
        "wxsim:t77",
        include_str!("../../js-prelude/test/77_mock.js"),
    ),
];

#[cfg(test)]
mod expect_tests;
