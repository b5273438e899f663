// Package console serves the page of a service that runs on this machine, and the page's own API. Package guard decides
// who may use it. The page's files are in templates/console.
package console
