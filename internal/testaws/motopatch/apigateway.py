"""REST APIs of a stack: the settings of their parts, and the updates and deletions that moto lacks."""

import json

from moto.apigateway import models
from moto.apigateway.models import Deployment, Method, Resource, RestAPI, apigateway_backends

METHOD = {
    "AuthorizationType": "authorization_type", "AuthorizerId": "authorizer_id",
    "AuthorizationScopes": "authorization_scopes", "OperationName": "operation_name",
    "RequestParameters": "request_parameters", "RequestModels": "request_models",
    "RequestValidatorId": "request_validator_id",
}


def lower(value):
    """Converts the names of CloudFormation's properties in a value to API Gateway's."""
    if isinstance(value, dict):
        return {key[0].lower() + key[1:]: lower(item) for key, item in value.items()}
    return [lower(item) for item in value] if isinstance(value, list) else value


def configure_api(api, properties):
    api.name, api.description = properties["Name"], properties.get("Description", "")
    api.binaryMediaTypes = list(properties.get("BinaryMediaTypes", []))
    api.api_key_source = properties.get("ApiKeySourceType", "HEADER")
    api.policy = json.dumps(properties["Policy"]) if "Policy" in properties else None
    api.endpoint_configuration = lower(properties.get("EndpointConfiguration", {"Types": ["EDGE"]}))
    api.minimum_compression_size = properties.get("MinimumCompressionSize")
    api.disableExecuteApiEndpoint = bool(properties.get("DisableExecuteApiEndpoint"))
    return api


def create_api(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
    properties, backend = cloudformation_json["Properties"], apigateway_backends[account_id][region_name]
    return configure_api(backend.create_rest_api(properties["Name"], ""), properties)


def update_api(cls, original_resource, new_resource_name, cloudformation_json, account_id, region_name):
    return configure_api(original_resource, cloudformation_json["Properties"])


def delete_api(self, account_id, region_name):
    apigateway_backends[account_id][region_name].delete_rest_api(self.id)


def create_path(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
    properties, backend = cloudformation_json["Properties"], apigateway_backends[account_id][region_name]
    part = properties["PathPart"]
    for sibling in backend.get_resources(properties["RestApiId"]):
        if sibling.parent_id != properties["ParentId"]:
            continue
        if sibling.path_part == part:
            raise RuntimeError("Another resource with the same parent already has this name: {}".format(part))
        if sibling.path_part.startswith("{") and part.startswith("{"):
            raise RuntimeError("A sibling ({}) of this resource already has a variable path part -- only one is "
                               "allowed".format(sibling.path_part))
    return backend.create_resource(properties["RestApiId"], properties["ParentId"], part)


def delete_path(self, account_id, region_name):
    apigateway_backends[account_id][region_name].delete_resource(self.api_id, self.id)


def configure_method(method, properties):
    for name, attribute in METHOD.items():
        setattr(method, attribute, properties.get(name))
    method.api_key_required = bool(properties.get("ApiKeyRequired"))
    method.method_responses = {}
    for response in properties.get("MethodResponses", []):
        method.create_response(str(response["StatusCode"]), response.get("ResponseModels"),
                               response.get("ResponseParameters"))
    wanted = properties["Integration"]
    integration = models.Integration(
        wanted["Type"], wanted.get("Uri"), wanted.get("IntegrationHttpMethod"), wanted.get("RequestTemplates"),
        wanted.get("PassthroughBehavior", "WHEN_NO_MATCH"), wanted.get("CacheKeyParameters"), None,
        wanted.get("CacheNamespace"), wanted.get("TimeoutInMillis"), wanted.get("RequestParameters"),
        wanted.get("ContentHandling"), wanted.get("Credentials"))
    for response in wanted.get("IntegrationResponses", []):
        code = str(response["StatusCode"])
        if code not in method.method_responses:
            raise RuntimeError("Invalid Response status code specified")
        for name in response.get("ResponseParameters", {}):
            if name not in (method.method_responses[code].response_parameters or {}):
                raise RuntimeError("Invalid mapping expression specified: {}".format(name))
        integration.create_integration_response(
            code, response.get("SelectionPattern"), dict(response.get("ResponseTemplates", {})),
            response.get("ResponseParameters"), response.get("ContentHandling"))
    method.method_integration = integration
    return method


def create_method(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
    properties, backend = cloudformation_json["Properties"], apigateway_backends[account_id][region_name]
    resource = backend.get_resource(properties["RestApiId"], properties["ResourceId"])
    verb = properties["HttpMethod"]
    if verb in resource.resource_methods:
        raise RuntimeError("Method already exists for this resource")
    method = configure_method(backend.put_method(properties["RestApiId"], properties["ResourceId"], verb, "NONE"),
                              properties)
    method.resource, method.physical_resource_id = resource, "|".join((resource.api_id, resource.id, verb))
    return method


def update_method(cls, original_resource, new_resource_name, cloudformation_json, account_id, region_name):
    return configure_method(original_resource, cloudformation_json["Properties"])


def delete_method(self, account_id, region_name):
    self.resource.resource_methods.pop(self.http_method, None)


def create_deployment(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
    properties, backend = cloudformation_json["Properties"], apigateway_backends[account_id][region_name]
    api = backend.get_rest_api(properties["RestApiId"])
    deployment = backend.create_deployment(api.id, None, properties.get("Description", ""))
    deployment.api, deployment.physical_resource_id = api, deployment.id
    return deployment


def delete_deployment(self, account_id, region_name):
    if any(stage.deployment_id == self.id for stage in self.api.stages.values()):
        raise RuntimeError("Active stages pointing to this deployment must be moved or deleted")
    self.api.deployments.pop(self.id, None)


def install():
    for cls, create, update, delete in (
            (RestAPI, create_api, update_api, delete_api), (Resource, create_path, None, delete_path),
            (Method, create_method, update_method, delete_method),
            (Deployment, create_deployment, None, delete_deployment)):
        cls.create_from_cloudformation_json, cls.delete = classmethod(create), delete
        if update:
            cls.update_from_cloudformation_json = classmethod(update)
    for cls in (Method, Deployment):
        cls.physical_resource_id = ""  # each object sets its own when it is created
