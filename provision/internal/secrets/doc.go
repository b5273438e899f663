// Package secrets keeps values that nobody is to read out of logs and errors.
package secrets
