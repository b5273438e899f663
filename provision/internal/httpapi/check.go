package httpapi

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/go-sparta/sparta/internal/apiroutes"
	"github.com/go-sparta/sparta/provision/internal/apipart"
	"github.com/go-sparta/sparta/sparta"
)

// API Gateway's limits of an HTTP API.
const (
	maxName        = 128 // characters
	maxRoutes      = 300
	maxAuthorizers = 10
	maxAudiences   = 50
	maxScopes      = 10
	maxCorsAge     = 86400 // seconds
)

// Check returns an error, with a line for each problem, if an API is invalid. The list functions has the names of the
// service's functions.
func Check(api *sparta.API, functions []string) error {
	c := &checker{apipart.Checker{API: api, Functions: functions}}
	c.CheckName()
	if length := utf8.RuneCountInString(api.Name); length > maxName {
		c.Reportf("Name has %d characters, but API Gateway allows %d: use a shorter name", length, maxName)
	}
	c.checkKind()
	c.checkWebSocket()
	c.checkRoutes()
	c.checkAuthorizers()
	c.checkStage()
	c.checkCors()
	c.checkDomain()
	return c.Err()
}

func (c *checker) checkCors() {
	if c.API.CorsConfiguration == nil {
		return
	}
	cors := apiroutes.Cors(c.API)
	for _, origin := range cors.AllowOrigins {
		if scheme, host, ok := strings.Cut(origin, "://"); origin != "*" && (!ok || scheme == "" || host == "" ||
			strings.HasSuffix(origin, "/")) {
			c.Reportf("CorsConfiguration.AllowOrigins has %q: use origins, for example https://www.example.com, or *",
				origin)
		}
	}
	if cors.AllowCredentials && slices.Contains(cors.AllowOrigins, "*") {
		c.Reportf("CorsConfiguration.AllowCredentials cannot be set for all origins: name the origins in AllowOrigins")
	}
	verbs := append(apiroutes.Verbs(), "*")
	for _, method := range cors.AllowMethods {
		if method == "ANY" || !slices.Contains(verbs, method) {
			c.Reportf("CorsConfiguration.AllowMethods has %q: use methods in upper case, for example GET, or *", method)
		}
	}
	c.Between("", "CorsConfiguration.MaxAge", cors.MaxAge, 0, maxCorsAge)
}
