// Package restapi renders a service's REST API as resources of its template.
package restapi
