package original

import (
	"slices"
	"strconv"
	"strings"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
	"github.com/go-sparta/sparta/sparta/apigateway"
)

// gatewayPrincipal is the service that invokes functions behind an API.
const gatewayPrincipal = "apigateway.amazonaws.com"

// restAPI describes the REST API of a template, or nil if there is none. The functions are by their logical IDs.
func restAPI(template *cloudformation.Template, functions map[string]*sparta.LambdaAWSInfo) *sparta.API {
	var api *sparta.API
	for _, properties := range ofType(template, "AWS::ApiGateway::RestApi") {
		name, _ := properties["Name"].(string)
		api = sparta.NewAPIGateway(name, nil)
		api.Description, _ = properties["Description"].(string)
	}
	if api == nil {
		return nil
	}
	for _, properties := range ofType(template, "AWS::ApiGateway::Deployment") {
		if name, _ := properties["StageName"].(string); name != "" {
			api.Stage = sparta.NewStage(name)
		}
	}
	resources := map[string]*sparta.Resource{} // by function and path
	for _, properties := range ofType(template, "AWS::ApiGateway::Method") {
		integration, _ := properties["Integration"].(map[string]any)
		if integration["Type"] == "MOCK" { // the answer to OPTIONS
			addCORS(api, integration)
			continue
		}
		for id, function := range functions {
			if !mentions(integration["Uri"], id) {
				continue
			}
			path := pathOf(template, properties["ResourceId"])
			key := id + path
			if resources[key] == nil {
				resources[key] = &sparta.Resource{
					Path: path, Function: function.Name(), Methods: map[string]*sparta.Method{},
				}
				api.Resources = append(api.Resources, resources[key])
			}
			verb, _ := properties["HttpMethod"].(string)
			resources[key].Methods[verb] = method(properties, integration)
		}
	}
	return api
}

// pathOf returns the path of a resource of an API, such as /orders/{id}.
func pathOf(template *cloudformation.Template, resource any) string {
	var parts []string
	for range 100 { // a cycle, which AWS would refuse, must not keep this from ending
		reference, _ := resource.(map[string]any)
		id, _ := reference["Ref"].(string)
		found := template.Resources[id]
		if found == nil || found.Type != "AWS::ApiGateway::Resource" {
			break // the root
		}
		part, _ := found.Properties["PathPart"].(string)
		parts, resource = append(parts, part), found.Properties["ParentId"]
	}
	slices.Reverse(parts)
	return "/" + strings.Join(parts, "/")
}

// statusOverride distinguishes the template by which Sparta lets results choose their status. What it makes of them is
// what apigateway.ResponseTemplate does.
const statusOverride = "$context.responseOverride.status"

// method describes a method. The integration's response for success is the one that no error selects.
func method(properties, integration map[string]any) *sparta.Method {
	described := &sparta.Method{
		Authorizer: properties["AuthorizerId"],
		Responses:  map[int]*sparta.Response{},
		Integration: sparta.Integration{
			Responses: map[int]*sparta.IntegrationResponse{},
		},
	}
	described.APIKeyRequired, _ = properties["ApiKeyRequired"].(bool)
	templates, _ := integration["RequestTemplates"].(map[string]any)
	for contentType := range templates {
		described.SupportedRequestContentTypes = append(described.SupportedRequestContentTypes, contentType)
	}
	slices.Sort(described.SupportedRequestContentTypes)
	for _, one := range list(properties["MethodResponses"]) {
		described.Responses[codeOf(one)] = &sparta.Response{}
	}
	for _, one := range list(integration["IntegrationResponses"]) {
		response, _ := one.(map[string]any)
		own := &sparta.IntegrationResponse{Templates: responseTemplates(response)}
		own.SelectionPattern, _ = response["SelectionPattern"].(string)
		own.Parameters, _ = response["ResponseParameters"].(map[string]any)
		code := codeOf(response)
		if own.SelectionPattern == "" {
			described.DefaultStatusCode = code
		}
		described.Integration.Responses[code] = own
	}
	return described
}

func responseTemplates(response map[string]any) map[string]string {
	templates := map[string]string{}
	rendered, _ := response["ResponseTemplates"].(map[string]any)
	for contentType, template := range rendered {
		text, _ := template.(string)
		if strings.Contains(text, statusOverride) {
			text = apigateway.ResponseTemplate
		}
		templates[contentType] = text
	}
	return templates
}

func codeOf(response any) int {
	fields, _ := response.(map[string]any)
	text, _ := fields["StatusCode"].(string)
	code, _ := strconv.Atoi(text)
	return code
}

// addCORS lets pages of other origins call an API that answers OPTIONS.
func addCORS(api *sparta.API, integration map[string]any) {
	api.CORSOptions = &sparta.CORSOptions{Headers: map[string]any{}}
	for _, one := range list(integration["IntegrationResponses"]) {
		response, _ := one.(map[string]any)
		parameters, _ := response["ResponseParameters"].(map[string]any)
		for parameter, value := range parameters {
			name, isHeader := strings.CutPrefix(parameter, "method.response.header.")
			if text, isText := value.(string); isHeader && isText {
				api.CORSOptions.Headers[name] = strings.Trim(text, "'")
			}
		}
	}
}
