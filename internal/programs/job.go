package programs

import "time"

// FunctionCommand is the command with which a target starts a program to run a Job.
const FunctionCommand = "run-function"

// ServiceCommand is the command with which a target starts a program that runs a service until its standard input ends.
const ServiceCommand = "run-service"

// Job says what to run. A target writes it to the program's standard input, which writes a Result to its standard
// output, both as JSON: events and variables may be secret, so they are neither arguments nor written to a file.
type Job struct {
	Stage     string        // the folder of the staged package
	Packages  string        // a folder with Python packages that a layer has in Lambda; empty means none
	Handler   string        // as Lambda's Handler setting: index.handler
	Function  string        // the function's name
	Python    string        // the runtime, for example python3.13
	Variables []string      // the function's own, as NAME=value
	Timeout   time.Duration // of the invocation
	Cache     string        // the folder in which the runtime client is kept

	NoCredentials bool // hide the caller's AWS credentials and the files below HOME
	Event         []byte
}

// Result is the result of a Job.
type Result struct {
	Payload []byte // the response or, if Failed, the error document
	Failed  bool
	Error   string // why there is neither; otherwise empty
}
