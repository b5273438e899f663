// Package lambdaruntime runs a function's folder on this machine as AWS Lambda's managed Python runtime would.
//
// It serves the Lambda Runtime API on the loopback interface to one process at a time. The process is a Python
// interpreter with AWS's runtime client (awslambdaric, or else the one embedded here), or any other program
// that uses the Runtime API. Failures are returned as the documents that Lambda responds with.
//
// Two things deliberately differ from Lambda: a failed initialization is not repeated, so that its log appears
// once, and an initialization may take 10 seconds longer than the first invocation's timeout.
package lambdaruntime
