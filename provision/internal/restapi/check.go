package restapi

import (
	"errors"
	"regexp"
	"strings"

	"github.com/go-sparta/sparta/internal/apiroutes"
	"github.com/go-sparta/sparta/internal/expression"
	"github.com/go-sparta/sparta/sparta"
)

// Check returns an error, with a line for each problem, if an API is invalid. The list functions has the names of the
// service's functions.
func Check(api *sparta.API, functions []string) error {
	if api == nil {
		return nil
	}
	c := &checker{api: api, functions: functions}
	c.report(api.Problems())
	c.checkAPI()
	c.checkKind()
	c.checkStage()
	c.checkResources()
	c.checkPaths()
	c.checkAuthorizers()
	c.checkModels()
	c.checkUsagePlans()
	c.checkDomain()
	return errors.Join(c.errs...)
}

var mediaTypePattern = regexp.MustCompile(`^[A-Za-z0-9!#$&^_.+*-]+/[A-Za-z0-9!#$&^_.+*-]+(;.*)?$`)

// maxCompression is API Gateway's limit of MinimumCompressionSize, in bytes.
const maxCompression = 10 << 20

func (c *checker) checkAPI() {
	api := c.api
	if strings.TrimSpace(api.Name) == "" {
		c.reportf("Name is missing: name the API")
	}
	c.oneOf("", "APIKeySourceType", api.APIKeySourceType, "HEADER", "AUTHORIZER")
	if api.MinimumCompressionSize < 0 || api.MinimumCompressionSize > maxCompression {
		c.reportf("MinimumCompressionSize %d is out of range: use up to %d bytes, or 0 for no compression",
			api.MinimumCompressionSize, maxCompression)
	}
	for _, media := range api.BinaryMediaTypes {
		if !mediaTypePattern.MatchString(media) {
			c.reportf("BinaryMediaTypes has %q, which is not a content type: use for example image/png", media)
		}
	}
	for name, value := range apiroutes.CORSHeaders(api) {
		if text, isText := expression.Text(value); isText && strings.ContainsAny(text, "'\r\n") {
			c.reportf("CORSOptions.Headers[%q] %q has a quote or a line break, which API Gateway does not accept",
				name, text)
		} else if !isText && !expression.IsIntrinsic(value) {
			c.reportf("CORSOptions.Headers[%q] of type %T is invalid: use a text or a CloudFormation intrinsic",
				name, value)
		}
	}
	c.checkEndpoint()
	if api.DisableExecuteAPIEndpoint && api.Domain == nil {
		c.reportf("DisableExecuteAPIEndpoint leaves the API without a URL: set Domain, or clear it")
	}
}

func (c *checker) checkEndpoint() {
	endpoint := c.api.EndpointConfiguration
	if endpoint == nil {
		return
	}
	if len(endpoint.Types) != 1 {
		c.reportf("EndpointConfiguration.Types has %d types: use one of %s, %s, %s", len(endpoint.Types),
			edge, regional, private)
		return
	}
	kind := endpoint.Types[0]
	c.oneOf("", "EndpointConfiguration.Types", kind, edge, regional, private)
	if len(endpoint.VpcEndpointIDs) > 0 && kind != private {
		c.reportf("EndpointConfiguration.VpcEndpointIDs are for a PRIVATE API, not %s: clear them", kind)
	}
	if kind == private && c.api.Policy == nil {
		c.reportf("Policy is missing: nobody can call a PRIVATE API without one; set a resource policy that allows " +
			"execute-api:Invoke")
	}
}
