// Package connection reaches AWS: sessions, credentials, endpoints, retries, and errors that say what to do.
package connection
