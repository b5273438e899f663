// Package lambdaruntime runs a function's folder on this machine as AWS Lambda's managed Python runtime would.
//
// It serves the Lambda Runtime API on loopback to one process at a time, which is a Python interpreter with
// AWS's runtime client (awslambdaric, or the one embedded here where the interpreter has none) or any other
// program that speaks the Runtime API. Failures come back as the documents that Lambda answers with.
//
// Two things are deliberately not Lambda's: a failed initialization is not run a second time, so that its log
// appears once, and it may take 10 seconds on top of the first invocation's timeout before it is given up.
package lambdaruntime
