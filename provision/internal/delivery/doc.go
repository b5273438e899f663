// Package delivery checks and describes what EventBridge and SNS deliver to functions: which events match, when
// schedules fire, what is sent, and how often it is tried.
package delivery
