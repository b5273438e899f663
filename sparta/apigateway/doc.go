// Package apigateway has responses and errors of functions behind a sparta.API, for a status code or headers that the
// function itself chooses.
package apigateway
