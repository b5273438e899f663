package gateway

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/go-sparta/sparta/sparta"
)

// allow adds the headers that let other origins call a function's URL, and reports whether the request is a preflight,
// which the function does not see.
func allow(header http.Header, r *http.Request, cors *sparta.LambdaFunctionURLCors) (preflight bool) {
	origin := r.Header.Get("Origin")
	if cors == nil || origin == "" {
		return false
	}
	method := r.Header.Get("Access-Control-Request-Method")
	preflight = r.Method == http.MethodOptions && method != ""
	if !contains(cors.AllowOrigins, origin) || preflight && !contains(cors.AllowMethods, method) {
		return preflight
	}
	allowed := origin
	if slices.Contains(cors.AllowOrigins, "*") && !cors.AllowCredentials {
		allowed = "*"
	}
	header.Set("Access-Control-Allow-Origin", allowed)
	header.Set("Vary", "Origin")
	if cors.AllowCredentials {
		header.Set("Access-Control-Allow-Credentials", "true")
	}
	if !preflight {
		setList(header, "Access-Control-Expose-Headers", cors.ExposeHeaders)
		return false
	}
	setList(header, "Access-Control-Allow-Methods", cors.AllowMethods)
	setList(header, "Access-Control-Allow-Headers", cors.AllowHeaders)
	if cors.MaxAge > 0 {
		header.Set("Access-Control-Max-Age", strconv.FormatInt(cors.MaxAge, 10))
	}
	return true
}

func contains(list []string, value string) bool {
	return slices.ContainsFunc(list, func(entry string) bool { return entry == "*" || strings.EqualFold(entry, value) })
}

func setList(header http.Header, name string, values []string) {
	if len(values) > 0 {
		header.Set(name, strings.Join(values, ","))
	}
}
