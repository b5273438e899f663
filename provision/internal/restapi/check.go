package restapi

import (
	"regexp"
	"strings"

	"github.com/go-sparta/sparta/internal/apiroutes"
	"github.com/go-sparta/sparta/internal/expression"
	"github.com/go-sparta/sparta/provision/internal/apipart"
	"github.com/go-sparta/sparta/sparta"
)

// Check returns an error, with a line for each problem, if an API is invalid. The list functions has the names of the
// service's functions.
func Check(api *sparta.API, functions []string) error {
	c := &checker{apipart.Checker{API: api, Functions: functions}}
	c.Report(api.Problems())
	c.checkAPI()
	c.checkKind()
	c.checkStage()
	c.checkResources()
	c.checkPaths()
	c.checkAuthorizers()
	c.checkModels()
	c.checkUsagePlans()
	c.checkDomain()
	return c.Err()
}

var mediaTypePattern = regexp.MustCompile(`^[A-Za-z0-9!#$&^_.+*-]+/[A-Za-z0-9!#$&^_.+*-]+(;.*)?$`)

// maxCompression is API Gateway's limit of MinimumCompressionSize, in bytes.
const maxCompression = 10 << 20

func (c *checker) checkAPI() {
	api := c.API
	c.CheckName()
	c.OneOf("", "APIKeySourceType", api.APIKeySourceType, "HEADER", "AUTHORIZER")
	if api.MinimumCompressionSize < 0 || api.MinimumCompressionSize > maxCompression {
		c.Reportf("MinimumCompressionSize %d is out of range: use up to %d bytes, or 0 for no compression",
			api.MinimumCompressionSize, maxCompression)
	}
	for _, media := range api.BinaryMediaTypes {
		if !mediaTypePattern.MatchString(media) {
			c.Reportf("BinaryMediaTypes has %q, which is not a content type: use for example image/png", media)
		}
	}
	for name, value := range apiroutes.CORSHeaders(api) {
		if text, isText := expression.Text(value); isText && strings.ContainsAny(text, "'\r\n") {
			c.Reportf("CORSOptions.Headers[%q] %q has a quote or a line break, which API Gateway does not accept",
				name, text)
		} else if !isText && !expression.IsIntrinsic(value) {
			c.Reportf("CORSOptions.Headers[%q] of type %T is invalid: use a text or a CloudFormation intrinsic",
				name, value)
		}
	}
	c.checkEndpoint()
}

func (c *checker) checkEndpoint() {
	endpoint := c.API.EndpointConfiguration
	if endpoint == nil {
		return
	}
	if len(endpoint.Types) != 1 {
		c.Reportf("EndpointConfiguration.Types has %d types: use one of %s, %s, %s", len(endpoint.Types),
			edge, regional, private)
		return
	}
	kind := endpoint.Types[0]
	c.OneOf("", "EndpointConfiguration.Types", kind, edge, regional, private)
	if len(endpoint.VpcEndpointIDs) > 0 && kind != private {
		c.Reportf("EndpointConfiguration.VpcEndpointIDs are for a PRIVATE API, not %s: clear them", kind)
	}
	if kind == private && c.API.Policy == nil {
		c.Reportf("Policy is missing: nobody can call a PRIVATE API without one; set a resource policy that allows " +
			"execute-api:Invoke")
	}
}
