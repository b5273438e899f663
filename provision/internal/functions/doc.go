// Package functions updates the code of functions in Lambda.
package functions
