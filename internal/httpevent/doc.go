// Package httpevent serves the HTTP requests in events of API Gateway, function URLs and load balancers with an
// [http.Handler].
package httpevent
