package restapi

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/go-sparta/sparta/internal/apiroutes"
	"github.com/go-sparta/sparta/provision/internal/apipart"
	"github.com/go-sparta/sparta/sparta"
)

// integration is how a method invokes its function.
func (b *builder) integration(route apiroutes.Route) map[string]any {
	integration := route.Method.Integration
	properties := map[string]any{
		"Type":                  cmp.Or(integration.Type, "AWS"),
		"IntegrationHttpMethod": "POST",
		"Uri":                   b.function(route.Function).Invocation(),
		"RequestParameters":     integration.Parameters,
		"CacheKeyParameters":    integration.CacheKeyParameters,
		"CacheNamespace":        integration.CacheNamespace,
		"ContentHandling":       integration.ContentHandling,
		"Credentials":           integration.Credentials,
		"TimeoutInMillis":       integration.TimeoutInMillis,
	}
	if integration.Type == proxy {
		return apipart.Given(properties)
	}
	if len(b.api.BinaryMediaTypes) > 0 {
		properties["ContentHandling"] = cmp.Or(integration.ContentHandling, "CONVERT_TO_TEXT")
	}
	properties["RequestTemplates"] = b.requestTemplates(route.Method)
	properties["PassthroughBehavior"] = "NEVER" // a request with another content type is answered with 415
	properties["IntegrationResponses"] = b.integrationResponses(route.Method)
	return apipart.Given(properties)
}

// requestTemplates make the function's event, by content type.
func (b *builder) requestTemplates(method *sparta.Method) map[string]any {
	templates := map[string]any{}
	for _, contentType := range apiroutes.ContentTypes(method) {
		templates[contentType] = b.defaultTemplate(string(apiroutes.KindOf(contentType)))
	}
	for contentType, template := range method.Integration.RequestTemplates {
		templates[contentType] = template
	}
	return templates
}

// integrationResponses turn the function's results into responses.
func (b *builder) integrationResponses(method *sparta.Method) []any {
	var list []any
	for _, code := range apiroutes.Codes(method) {
		response := method.Integration.Responses[code]
		if response == nil {
			response = &sparta.IntegrationResponse{}
		}
		parameters := b.corsParameters()
		for name, value := range response.Parameters {
			parameters[name] = value
		}
		list = append(list, apipart.Given(map[string]any{
			"StatusCode":         strconv.Itoa(code),
			"SelectionPattern":   selection(method, code),
			"ResponseParameters": parameters,
			"ResponseTemplates":  b.responseTemplates(method, code, response),
			"ContentHandling":    response.ContentHandling,
		}))
	}
	return list
}

// responseTemplates make the body of a response. Without templates, the function's result is the body.
func (b *builder) responseTemplates(
	method *sparta.Method, code int, response *sparta.IntegrationResponse,
) map[string]any {
	templates := map[string]any{}
	for contentType, template := range response.Templates {
		if template != "" {
			templates[contentType] = template
		}
	}
	switch {
	case len(templates) > 0 || code == method.DefaultStatusCode:
	case code == apiroutes.CatchAll:
		templates["application/json"] = b.defaultTemplate(anyError)
	default:
		templates["application/json"] = "$input.path('$.errorMessage')"
	}
	return templates
}

// selection is the regular expression for the error messages that select a response. It must match the whole message.
// API Gateway tries the expressions in an undefined order, so no message matches two of the defaults.
func selection(method *sparta.Method, code int) string {
	if given := method.Integration.Responses[code]; given != nil && given.SelectionPattern != "" {
		return given.SelectionPattern
	}
	if code == method.DefaultStatusCode {
		return ""
	}
	if code != apiroutes.CatchAll {
		return `\{"code":` + strconv.Itoa(code) + `,[\s\S]*`
	}
	var others []string
	for _, other := range apiroutes.Codes(method) {
		if pattern := ""; other != code {
			if pattern = selection(method, other); pattern != "" {
				others = append(others, pattern)
			}
		}
	}
	if len(others) == 0 {
		return `[\s\S]+`
	}
	slices.Sort(others)
	return `(?!(?:` + strings.Join(others, "|") + `)$)[\s\S]+`
}
