// Package chores runs this project's own checks and tests for its magefile.
//
// It is an ordinary package, not part of the magefile, so that it can be tested.
package chores
