// Package httpapi describes an HTTP API or a WebSocket API, version 2 of API Gateway, in a template and in words.
package httpapi
