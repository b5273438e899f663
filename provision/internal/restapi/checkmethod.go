package restapi

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/go-sparta/sparta/internal/apiroutes"
	"github.com/go-sparta/sparta/provision/internal/apipart"
	"github.com/go-sparta/sparta/sparta"
)

var (
	requestParameterPattern  = regexp.MustCompile(`^method\.request\.(querystring|header|path)\.([!-~]+)$`)
	integrationPattern       = regexp.MustCompile(`^integration\.request\.(querystring|header|path)\.[!-~]+$`)
	responseParameterPattern = regexp.MustCompile(`^method\.response\.header\.[!-~]+$`)
)

// checkResources checks the paths' methods.
func (c *checker) checkResources() {
	if len(c.API.Resources) == 0 {
		c.Reportf("it has no resources: add paths with NewResource")
	}
	for i, resource := range c.API.Resources {
		switch {
		case resource == nil:
			c.Reportf("resource %d is nil: check the error of the call that made it", i+1)
			continue
		case len(resource.Methods) == 0:
			c.Reportf("path %s has no methods: add one with NewMethod", resource.Path)
		}
		for _, verb := range slices.Sorted(maps.Keys(resource.Methods)) {
			if resource.Methods[verb] == nil {
				c.Reportf("%s %s: the method is nil: check the error of the call that made it", verb, resource.Path)
			}
		}
		c.CheckFunction("path "+resource.Path+": ", resource.FunctionName())
	}
	list := apiroutes.Routes(c.API)
	for i, route := range list {
		where := route.Verb + " " + route.Path + ": "
		if i > 0 && list[i-1].Path == route.Path && list[i-1].Verb == route.Verb {
			c.Reportf("%sthe API has this method twice: remove one of its resources, or the method from it", where)
		}
		if !slices.Contains(apiroutes.Verbs(), route.Verb) {
			c.Reportf("%smethod %q is unknown: use one of %s", where, route.Verb, strings.Join(apiroutes.Verbs(), ", "))
		}
		c.checkMethod(where, route)
	}
}

func (c *checker) checkMethod(where string, route apiroutes.Route) {
	method := route.Method
	c.CheckAccess(where, method.Authorizer, method.AuthorizationScopes, cognito, "Cognito's user pools")
	if code := method.DefaultStatusCode; code < 200 || code > 399 {
		c.Reportf("%sDefaultStatusCode %d is out of range: use a success code, 200 to 399", where, code)
	}
	for _, code := range apiroutes.Codes(method) {
		if (code < 100 || code > 599) && code != method.DefaultStatusCode {
			c.Reportf("%sstatus code %d is out of range: use 100 to 599", where, code)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(method.Parameters)) {
		match := requestParameterPattern.FindStringSubmatch(name)
		switch {
		case match == nil:
			c.Reportf("%sparameter %q is invalid: use method.request.querystring.NAME, method.request.header.NAME or "+
				"method.request.path.NAME", where, name)
		case match[1] == "path" && !slices.Contains(apipart.Parameters(route.Path), match[2]):
			c.Reportf("%sparameter %s is not in the path: add {%s} to it", where, name, match[2])
		}
	}
	if method.ValidateParameters && !slices.Contains(slices.Collect(maps.Values(method.Parameters)), true) {
		c.Reportf("%sValidateParameters has nothing to validate: set a required one in Parameters to true", where)
	}
	if method.ValidateBody && len(method.Models) == 0 {
		c.Reportf("%sValidateBody has nothing to validate: set Models", where)
	}
	for _, code := range slices.Sorted(maps.Keys(method.Responses)) {
		if response := method.Responses[code]; response != nil {
			c.checkHeaders(fmt.Sprintf("%sResponses[%d]: ", where, code), maps.Keys(response.Parameters))
		}
	}
	for _, contentType := range method.SupportedRequestContentTypes {
		if !mediaTypePattern.MatchString(contentType) {
			c.Reportf("%sSupportedRequestContentTypes has %q: use content types, for example application/json", where,
				contentType)
		}
	}
	c.checkIntegration(where+"Integration: ", method)
}

func (c *checker) checkHeaders(where string, names func(func(string) bool)) {
	for _, name := range slices.Sorted(names) {
		if !responseParameterPattern.MatchString(name) {
			c.Reportf("%sparameter %q is invalid: use method.response.header.NAME", where, name)
		}
	}
}

func (c *checker) checkIntegration(where string, method *sparta.Method) {
	integration := method.Integration
	c.OneOf(where, "Type", integration.Type, "AWS", proxy)
	c.OneOf(where, "ContentHandling", integration.ContentHandling, "CONVERT_TO_TEXT", "CONVERT_TO_BINARY")
	c.Between(where, "TimeoutInMillis", integration.TimeoutInMillis, 50, 29000)
	c.CheckCredentials(where, integration.Credentials)
	for _, name := range slices.Sorted(maps.Keys(integration.Parameters)) {
		if !integrationPattern.MatchString(name) {
			c.Reportf("%sparameter %q is invalid: use integration.request.header.NAME, "+
				"integration.request.querystring.NAME or integration.request.path.NAME", where, name)
		}
		if from := integration.Parameters[name]; requestParameterPattern.MatchString(from) {
			if _, declared := method.Parameters[from]; !declared {
				c.Reportf("%sparameter %s uses %s, which the method does not declare: add it to its Parameters",
					where, name, from)
			}
		}
	}
	for _, key := range integration.CacheKeyParameters {
		if _, declared := method.Parameters[key]; !declared {
			c.Reportf("%sCacheKeyParameters has %s, which the method does not declare: add it to its Parameters",
				where, key)
		}
	}
	for _, code := range slices.Sorted(maps.Keys(integration.Responses)) {
		response := integration.Responses[code]
		if response == nil {
			continue
		}
		at := fmt.Sprintf("%sResponses[%d]: ", where, code)
		c.checkHeaders(at, maps.Keys(response.Parameters))
		c.OneOf(at, "ContentHandling", response.ContentHandling, "CONVERT_TO_TEXT", "CONVERT_TO_BINARY")
		if code == method.DefaultStatusCode && response.SelectionPattern != "" {
			c.Reportf("%sSelectionPattern %q is for errors, but this is the success code: clear it", at,
				response.SelectionPattern)
		}
		if integration.Type == proxy && len(response.Parameters)+len(response.Templates)+len(response.SelectionPattern)+
			len(response.ContentHandling) > 0 {
			c.Reportf("%swith AWS_PROXY, the function itself makes the response: clear this one, or set Type to AWS",
				at)
		}
	}
	if integration.Type == proxy && len(integration.RequestTemplates) > 0 {
		c.Reportf("%sRequestTemplates have no effect with AWS_PROXY: clear them, or set Type to AWS", where)
	}
	if integration.Type == proxy && len(method.SupportedRequestContentTypes) > 0 {
		c.Reportf("%sType AWS_PROXY passes on every content type: clear SupportedRequestContentTypes, or set "+
			"Type to AWS", where)
	}
}
