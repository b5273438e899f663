// Package functions gives functions in Lambda other code.
package functions
