// Package secrets keeps secret values out of logs and errors.
package secrets
