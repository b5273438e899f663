package restapi

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/internal/plainjson"
	"github.com/go-sparta/sparta/provision/internal/show"
)

const deployment = gateway + "Deployment"

// deployed are the types of resources that a deployment copies.
func deployed() []string {
	return []string{
		"AWS::ApiGateway::RestApi", "AWS::ApiGateway::Resource", "AWS::ApiGateway::Method", "AWS::ApiGateway::Model",
		"AWS::ApiGateway::Authorizer", "AWS::ApiGateway::RequestValidator", "AWS::ApiGateway::GatewayResponse",
	}
}

// Redeploy makes the stage use a deployment of the API that the template has: a deployment is a copy of the API, so its
// logical ID contains a hash of what it copies. Call it again after hooks, which may have changed the API.
func Redeploy(template *cloudformation.Template) error {
	stage := template.Resources[stageID]
	if stage == nil {
		return nil
	}
	var parts []string
	api := map[string]any{"Mapping": template.Mappings[mapping]}
	for _, id := range slices.Sorted(maps.Keys(template.Resources)) {
		if resource := template.Resources[id]; resource != nil && belongs(id, resource) {
			api[id] = []any{resource.Type, resource.Properties}
			if id != gateway { // to which the deployment refers
				parts = append(parts, id)
			}
		}
	}
	text, err := plainjson.Marshal(api)
	if err != nil {
		return fmt.Errorf("identify the deployment of the API: %w", err)
	}
	sum := sha256.Sum256(text)
	id := deployment + hex.EncodeToString(sum[:5])
	if given := stage.Properties["DeploymentId"]; given != nil {
		old := show.Expression(given)
		if !strings.HasPrefix(old, deployment) {
			return nil // a hook has made a deployment of its own
		}
		delete(template.Resources, old)
	}
	stage.Properties["DeploymentId"] = cloudformation.Ref(id)
	return template.Add(id, &cloudformation.Resource{
		Type:       "AWS::ApiGateway::Deployment",
		DependsOn:  parts,
		Properties: map[string]any{"RestApiId": cloudformation.Ref(gateway)},
	})
}

// belongs reports whether a resource is the API, or a part of it that a deployment copies.
func belongs(id string, resource *cloudformation.Resource) bool {
	if id == gateway {
		return true
	}
	// Hooks may refer to the API by values of other types.
	return slices.Contains(deployed(), resource.Type) && show.Expression(resource.Properties["RestApiId"]) == gateway
}
