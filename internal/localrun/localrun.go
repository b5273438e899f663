// Package localrun defines the messages between a target and the program that runs functions for it: the
// program reads a Job from standard input and writes a Result to standard output, both as JSON. Events and
// variables may be secret, so they are neither arguments nor written to a file.
package localrun

import "time"

// Command is the command with which a target starts a program to run a Job.
const Command = "run-function"

// ExploreCommand is the command with which a target starts a program that runs a service until its standard input ends.
const ExploreCommand = "run-service"

// Job says what to run.
type Job struct {
	Stage     string        // the folder of the staged package
	Packages  string        // a folder with Python packages that a layer has in Lambda; empty means none
	Handler   string        // as Lambda's Handler setting: index.handler
	Function  string        // the function's name
	Python    string        // the runtime, for example python3.13
	Variables []string      // the function's own, as NAME=value
	Timeout   time.Duration // of the invocation
	Cache     string        // the folder in which the runtime client is kept
	Event     []byte
}

// Result is the result of a Job.
type Result struct {
	Payload []byte // the response or, if Failed, the error document
	Failed  bool
	Error   string // why there is neither; otherwise empty
}
