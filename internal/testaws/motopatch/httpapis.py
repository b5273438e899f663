"""HTTP APIs of a stack: moto's CloudFormation lacks version 2 of API Gateway."""

import re

from moto.apigateway.models import apigateway_backends
from moto.apigatewayv2 import models
from moto.apigatewayv2.models import apigatewayv2_backends
from moto.core.common_models import CloudFormationModel

from .apigateway import lower
from .kept import Kept

NOTHING = ("connection_id", "connection_type", "content_handling_strategy", "description", "passthrough_behavior",
           "integration_subtype", "request_parameters", "request_templates", "response_parameters",
           "template_selection_expression", "tls_config")


class PartOfHTTP(Kept):
    """A part of version 2. Its class defines kind, create (which returns moto's object), configure and remove."""

    backends = apigatewayv2_backends
    identity = "id"  # attribute of moto's object

    @classmethod
    def cloudformation_type(cls):
        return "AWS::ApiGatewayV2::" + str(cls.kind)

    @property
    def physical_resource_id(self):
        return getattr(self.made, self.identity)

    def make(self, name, properties):
        self.api = self.backend.get_api(properties["ApiId"]) if "ApiId" in properties else None
        self.made = self.create(properties)
        self.configure(properties)


class Api(PartOfHTTP, CloudFormationModel):
    kind, identity = "Api", "api_id"
    attributes = {"ApiEndpoint": "api_endpoint", "ApiId": "api_id"}

    def create(self, properties):
        return self.backend.create_api(
            None, None, "", None, None, properties["Name"], properties["ProtocolType"],
            properties.get("RouteSelectionExpression"), {}, None)

    def configure(self, properties):
        made = self.made
        made.name, made.description = properties["Name"], properties.get("Description", "")
        made.cors_configuration = lower(properties.get("CorsConfiguration"))
        made.disable_execute_api_endpoint = bool(properties.get("DisableExecuteApiEndpoint"))

    def remove(self):
        self.backend.delete_api(self.made.api_id)


class Integration(PartOfHTTP, CloudFormationModel):
    kind = "Integration"

    def create(self, properties):
        integration = models.Integration(
            credentials_arn=None, integration_method=None, integration_type=properties["IntegrationType"],
            integration_uri=None, payload_format_version=None, timeout_in_millis=None, **dict.fromkeys(NOTHING))
        self.api.integrations[integration.id] = integration
        return integration

    def configure(self, properties):
        made = self.made
        if not properties.get("PayloadFormatVersion"):
            raise RuntimeError("PayloadFormatVersion is a required parameter for integration")
        made.integration_type, made.integration_uri = properties["IntegrationType"], properties["IntegrationUri"]
        made.integration_method = properties.get("IntegrationMethod", "POST")
        made.payload_format_version = properties["PayloadFormatVersion"]
        made.timeout_in_millis = properties.get("TimeoutInMillis", 30000)
        made.credentials_arn = properties.get("CredentialsArn")

    def remove(self):
        for route in self.api.routes.values():
            if route.target == "integrations/" + self.made.id:
                raise RuntimeError("Cannot delete Integration '{}' since it is referenced by a Route '{}'".format(
                    self.made.id, route.route_id))
        self.api.delete_integration(self.made.id)


def requests(key):
    """The key of a route without the names of its parameters."""
    return re.sub(r"\{[^}+]*", "{", key)


class Route(PartOfHTTP, CloudFormationModel):
    kind, identity = "Route", "route_id"

    def create(self, properties):
        self.check(properties, None)
        return self.api.create_route(
            False, [], route_key=properties["RouteKey"], target=properties.get("Target"))

    def check(self, properties, own):
        for route in self.api.routes.values():
            if route is not own and requests(route.route_key) == requests(properties["RouteKey"]):
                raise RuntimeError("Route with key {} already exists for this API".format(properties["RouteKey"]))
        if properties["Target"].split("/")[-1] not in self.api.integrations:
            raise RuntimeError("Invalid integration identifier specified")
        if properties.get("AuthorizerId") not in [None] + list(self.api.authorizers):
            raise RuntimeError("Invalid authorizer identifier specified")

    def configure(self, properties):
        made = self.made
        self.check(properties, made)
        made.route_key, made.target = properties["RouteKey"], properties["Target"]
        made.authorization_type = properties.get("AuthorizationType", "NONE")
        made.authorizer_id = properties.get("AuthorizerId")
        made.authorization_scopes = list(properties.get("AuthorizationScopes", []))
        made.operation_name = properties.get("OperationName")

    def remove(self):
        self.api.delete_route(self.made.route_id)


class Authorizer(PartOfHTTP, CloudFormationModel):
    kind = "Authorizer"
    attributes = {"AuthorizerId": "id"}

    def create(self, properties):
        authorizer = models.Authorizer(*[None] * 9, name=properties["Name"])
        self.api.authorizers[authorizer.id] = authorizer
        return authorizer

    def configure(self, properties):
        made = self.made
        if properties["AuthorizerType"] == "JWT" and not properties.get("JwtConfiguration", {}).get("Audience"):
            raise RuntimeError("Audience is required for JWT authorizers")
        made.name, made.authorizer_type = properties["Name"], properties["AuthorizerType"]
        made.authorizer_uri = properties.get("AuthorizerUri")
        made.auth_creds_arn = properties.get("AuthorizerCredentialsArn")
        made.auth_payload_format_version = properties.get("AuthorizerPayloadFormatVersion")
        made.auth_result_ttl = properties.get("AuthorizerResultTtlInSeconds")
        made.enable_simple_response = properties.get("EnableSimpleResponses")
        made.identity_source = list(properties.get("IdentitySource", []))
        made.jwt_config = lower(properties.get("JwtConfiguration"))

    def remove(self):
        for route in self.api.routes.values():
            if route.authorizer_id == self.made.id:
                raise RuntimeError("Cannot delete Authorizer '{}' since it is referenced by a Route '{}'".format(
                    self.made.id, route.route_id))
        self.api.delete_authorizer(self.made.id)


class Stage(PartOfHTTP, CloudFormationModel):
    kind, identity = "Stage", "name"

    def create(self, properties):
        if properties["StageName"] in self.api.stages:
            raise RuntimeError("Stage already exists")
        return self.api.create_stage({"stageName": properties["StageName"]})

    def configure(self, properties):
        made, keys = self.made, [route.route_key for route in self.api.routes.values()]
        for key in properties.get("RouteSettings", {}):
            if key not in keys:
                raise RuntimeError("Unable to find Route by key {} within the provided RouteSettings".format(key))
        made.auto_deploy, made.description = properties.get("AutoDeploy"), properties.get("Description")
        made.stage_variables = dict(properties.get("StageVariables", {}))
        made.default_route_settings = {"detailedMetricsEnabled": False}
        made.default_route_settings.update(lower(properties.get("DefaultRouteSettings", {})))
        made.route_settings = {key: lower(value) for key, value in properties.get("RouteSettings", {}).items()}
        made.access_log_settings = lower(properties.get("AccessLogSettings"))

    def remove(self):
        for mapping in self.backend.api_mappings.values():
            if mapping.api_id == self.api.api_id and mapping.stage == self.made.name:
                raise RuntimeError("Deleting stage failed. Please remove all API mappings related to the stage in "
                                   "your domains")
        self.api.delete_stage(self.made.name)


class DomainName(PartOfHTTP, CloudFormationModel):
    kind, identity = "DomainName", "domain_name"
    attributes = {"RegionalDomainName": "regional_domain_name", "RegionalHostedZoneId": "regional_hosted_zone_id"}

    def create(self, properties):
        name, rest = properties["DomainName"], apigateway_backends[self.account_id][self.region_name]
        if name in self.backend.domain_names or name in rest.domain_names:
            raise RuntimeError("The domain name you provided already exists.")
        made = self.backend.create_domain_name(name, [], None, {})
        made.regional_domain_name = "d-{}.execute-api.{}.amazonaws.com".format(
            name.replace(".", "-"), self.backend.region_name)
        made.regional_hosted_zone_id = "Z2FDTNDATAQYW2"
        return made

    def configure(self, properties):
        self.made.domain_name_configurations = [
            dict(lower(one), apiGatewayDomainName=self.made.regional_domain_name,
                 hostedZoneId=self.made.regional_hosted_zone_id)
            for one in properties["DomainNameConfigurations"]]

    def remove(self):
        self.backend.domain_names.pop(self.made.domain_name, None)


class ApiMapping(PartOfHTTP, CloudFormationModel):
    kind, identity = "ApiMapping", "api_mapping_id"

    def create(self, properties):
        return self.backend.create_api_mapping(
            properties["ApiId"], properties.get("ApiMappingKey", ""), properties["DomainName"], properties["Stage"])

    def configure(self, properties):
        if properties["Stage"] not in self.backend.get_api(properties["ApiId"]).stages:
            raise RuntimeError("Invalid stage identifier specified")
        self.made.api_id, self.made.stage = properties["ApiId"], properties["Stage"]
        self.made.api_mapping_key = properties.get("ApiMappingKey", "")

    def remove(self):
        self.backend.api_mappings.pop(self.made.api_mapping_id, None)


def install():
    """Nothing else to do: moto finds every subclass of CloudFormationModel."""
