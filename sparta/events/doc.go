// Package events has the events of functions behind a sparta.API whose methods use the default templates.
package events
