// Package gateway serves functions over HTTP on this machine, as API Gateway and function URLs do: each request becomes
// the event that the function would receive, and its response becomes what the client would.
package gateway
