// Package logs shows the logs of functions in CloudWatch Logs.
package logs
