// Package history keeps the last requests and builds of a service that runs on this machine, and reports changes to
// those who follow them. It never waits for a reader.
package history
