// Package localrun is what a target and the program that runs functions for it say to each other: a Job goes to
// the program's standard input, a Result comes from its standard output, both as JSON. Events and variables may
// hold secrets, which is why they are neither arguments nor in a file.
package localrun

import "time"

// Job says what to run.
type Job struct {
	Stage     string        // the folder of the staged package
	Handler   string        // as Lambda's Handler setting: index.handler
	Function  string        // the function's name
	Python    string        // the runtime, such as python3.13
	Variables []string      // the function's own, as NAME=value
	Timeout   time.Duration // of the invocation
	Cache     string        // the folder in which the runtime client is kept
	Event     []byte
}

// Result is what came of a Job.
type Result struct {
	Payload []byte // the response or, if Failed, the error document
	Failed  bool
	Error   string // why there is neither; empty if there is
}
