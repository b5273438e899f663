// Package testfunction is a function for tests: the test's own program, which then serves events instead of testing.
package testfunction

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"

	"github.com/aws/aws-lambda-go/lambda"
	"github.com/aws/aws-lambda-go/lambdacontext"
)

// variable is set for processes that tests start as functions.
const variable = "TESTFUNCTION"

// Command returns the command that runs this program as a function.
func Command() []string { return []string{os.Args[0]} }

// Env returns the environment of the function. The initialization is "" (it succeeds), "exits", "hangs" or "panics".
func Env(initialization string) []string {
	return []string{variable + "=" + "function " + initialization}
}

// Main serves events if this program has been started as a function, and then does not return. TestMain calls it first.
func Main() {
	kind, initialization, _ := strings.Cut(os.Getenv(variable), " ")
	switch kind {
	case "function":
		initialize(initialization)
		lambda.Start(handle)
	case "child":
		use(50)
		fmt.Println("ready")
		time.Sleep(time.Minute)
		os.Exit(0)
	}
}

func initialize(how string) {
	switch how {
	case "exits":
		fmt.Println("cannot start")
		os.Exit(7)
	case "hangs":
		fmt.Println("waiting for a database")
		time.Sleep(time.Hour)
	case "panics":
		panic("out of order")
	}
}

// Event says what the function does, in the order of the fields.
type Event struct {
	Print    string        `json:"print,omitempty"`    // to stdout
	Complain string        `json:"complain,omitempty"` // to stderr
	Repeat   int           `json:"repeat,omitempty"`   // how often to print both; 0 means once
	Allocate int           `json:"allocate,omitempty"` // MB
	Child    bool          `json:"child,omitempty"`    // starts a process that uses 50 MB and runs for a minute
	Sleep    time.Duration `json:"sleep,omitempty"`
	Until    string        `json:"until,omitempty"` // waits until this file exists
	Late     string        `json:"late,omitempty"`  // is printed after the response, once LateFile exists
	LateFile string        `json:"lateFile,omitempty"`
	Fail     string        `json:"fail,omitempty"` // the error, if not empty
	Panic    string        `json:"panic,omitempty"`
	Exit     int           `json:"exit,omitempty"`
	About    bool          `json:"about,omitempty"` // returns an About instead of the event
	Size     int           `json:"size,omitempty"`  // of the text to return, in bytes
}

// About is what the function sees.
type About struct {
	PID, Child, Calls       int
	RequestID, ARN, Version string
	Function, Trace         string
	Custom                  map[string]string
	Remaining               time.Duration
}

// JSON returns the event's document.
func (e Event) JSON() []byte {
	document, _ := json.Marshal(e) // always possible
	return document
}

var (
	calls int
	kept  [][]byte // what Allocate has allocated
)

func handle(ctx context.Context, document json.RawMessage) (any, error) {
	calls++
	var e Event
	if err := json.Unmarshal(document, &e); err != nil {
		return document, nil // another value
	}
	for range max(1, e.Repeat) {
		if e.Print != "" {
			fmt.Println(e.Print)
		}
		if e.Complain != "" {
			fmt.Fprintln(os.Stderr, e.Complain)
		}
	}
	use(e.Allocate)
	about := newAbout(ctx)
	if e.Child {
		pid, err := startChild()
		if err != nil {
			return nil, err
		}
		about.Child = pid
	}
	time.Sleep(e.Sleep)
	await(e.Until)
	if e.Late != "" {
		go func() {
			await(e.LateFile)
			fmt.Println(e.Late)
		}()
	}
	switch {
	case e.Fail != "":
		return nil, errors.New(e.Fail)
	case e.Panic != "":
		panic(e.Panic)
	case e.Exit != 0:
		os.Exit(e.Exit)
	case e.About:
		return about, nil
	case e.Size > 0:
		return strings.Repeat("x", e.Size-2), nil // two quotes
	}
	return document, nil
}

func newAbout(ctx context.Context) About {
	about := About{
		PID: os.Getpid(), Calls: calls,
		Function: lambdacontext.FunctionName, Version: lambdacontext.FunctionVersion,
		Trace: os.Getenv("_X_AMZN_TRACE_ID"),
	}
	if c, ok := lambdacontext.FromContext(ctx); ok {
		about.RequestID, about.ARN, about.Custom = c.AwsRequestID, c.InvokedFunctionArn, c.ClientContext.Custom
	}
	if deadline, ok := ctx.Deadline(); ok {
		about.Remaining = time.Until(deadline)
	}
	return about
}

// await waits until a file exists, unless its name is empty.
func await(file string) {
	for file != "" {
		if _, err := os.Stat(file); err == nil {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// use uses a number of megabytes of memory until the end.
func use(megabytes int) {
	if megabytes == 0 {
		return
	}
	block := make([]byte, megabytes<<20)
	for i := 0; i < len(block); i += 4096 {
		block[i] = 1
	}
	kept = append(kept, block)
}

// startChild starts a process and waits until it uses its memory.
func startChild() (pid int, err error) {
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), variable+"=child")
	output, err := child.StdoutPipe()
	if err != nil {
		return 0, err
	}
	if err := child.Start(); err != nil {
		return 0, err
	}
	var word string
	_, err = fmt.Fscanln(output, &word)
	return child.Process.Pid, err
}
