package original

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/go-sparta/sparta/cloudformation"
)

// redeploy gives the deployment of a REST API a logical ID that changes with the API and with nothing else. A
// deployment copies the API to its stage when it is created, and never again. Sparta renders another one each time,
// after it has asked AWS whether the stage exists; with --noop, it does not ask.
//
// The deployment that creates the stage describes it, too. CloudFormation refuses this description where the stage
// exists, so a deployment that is added to a stack has none.
func redeploy(template *cloudformation.Template, target Target) {
	const prefix = "APIGatewayDeployment"
	isDeployment := func(_ string, resource *cloudformation.Resource) bool {
		return resource.Type == "AWS::ApiGateway::Deployment"
	}
	rename(template, isDeployment, func(old string) string {
		deployment := template.Resources[old]
		api := map[string]any{}
		for _, id := range slices.Sorted(maps.Keys(template.Resources)) {
			resource := template.Resources[id]
			if strings.HasPrefix(resource.Type, "AWS::ApiGateway::") {
				api[id] = resource.Properties
			}
		}
		delete(api, old)
		api[prefix] = deployment.Properties
		content, err := json.Marshal(api)
		if err != nil {
			return old // Marshal of the template reports it
		}
		first := stable(prefix, "first", string(content))
		if target.Live == nil || target.Live[first] != "" || !hasDeployment(target.Live) {
			return first
		}
		delete(deployment.Properties, "StageDescription")
		return stable(prefix, "next", string(content))
	})
}

// redeployV2 gives the deployment of a WebSocket API a logical ID that changes with the API and with nothing else.
// Sparta renders another one each time, and AWS keeps the old deployments.
func redeployV2(template *cloudformation.Template) {
	const prefix = "APIV2GatewayDeployment"
	isDeployment := func(id string, resource *cloudformation.Resource) bool {
		return resource.Type == "AWS::ApiGatewayV2::Deployment" && strings.HasPrefix(id, prefix)
	}
	rename(template, isDeployment, func(old string) string {
		api := map[string]any{}
		for id, resource := range template.Resources {
			if strings.HasPrefix(resource.Type, "AWS::ApiGatewayV2::") {
				api[id] = resource.Properties
			}
		}
		content, err := json.Marshal(api)
		if err != nil {
			return old // Marshal of the template reports it
		}
		return stable(prefix, strings.ReplaceAll(string(content), old, prefix))
	})
}

// hasDeployment reports whether a stack has an API that is deployed.
func hasDeployment(live map[string]string) bool {
	for _, resourceType := range live {
		if resourceType == "AWS::ApiGateway::Deployment" {
			return true
		}
	}
	return false
}
