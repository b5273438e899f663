package lambdaruntime

// utf8Locale is present without any language pack.
const utf8Locale = "C.UTF-8"
