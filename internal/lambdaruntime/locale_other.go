//go:build !linux

package lambdaruntime

const utf8Locale = "en_US.UTF-8"
