package provision

import (
	"io"
	"time"

	"github.com/sirupsen/logrus"
)

// StatusOptions say which stack to show and how.
type StatusOptions struct {
	Session SessionOptions
	Stack   string // empty means the service's name
	Redact  bool   // hide the account's number
	JSON    bool
	Stdout  io.Writer
	Logger  *logrus.Logger
}

// LogsOptions say which log events to show.
type LogsOptions struct {
	Session  SessionOptions
	Stack    string        // empty means the service's name
	Function string        // empty means all
	Filter   string        // a CloudWatch Logs filter pattern
	Since    time.Duration // how far back; 0 means 10 minutes
	Follow   bool          // go on until the context ends
	Stdout   io.Writer
	Logger   *logrus.Logger
}

// DeleteOptions say which stack to delete.
type DeleteOptions struct {
	Session SessionOptions
	Stack   string        // empty means the service's name
	NoOp    bool          // show what would be deleted
	Wait    time.Duration // 0 means 15 minutes
	Logger  *logrus.Logger
}

// InvokeOptions say which function to invoke, and on what.
type InvokeOptions struct {
	Session  SessionOptions
	Stack    string // empty means the service's name
	Function string // empty means the only one
	Event    []byte // JSON
	Stdout   io.Writer
	Stderr   io.Writer // takes the tail of the log and, if the function fails, its error document
	Logger   *logrus.Logger
}
