"""Parts of a stack's REST APIs that moto's CloudFormation lacks: stages, models, keys and so on."""

import json

from moto.apigateway import models
from moto.apigateway.models import apigateway_backends
from moto.core.common_models import CloudFormationModel

from .apigateway import lower
from .kept import Kept


class Part(Kept):
    """A part of API Gateway. Its class defines kind, create (which returns moto's object), configure and remove."""

    backends = apigateway_backends

    @classmethod
    def cloudformation_type(cls):
        return "AWS::ApiGateway::" + str(cls.kind)

    @property
    def physical_resource_id(self):
        return self.made.id

    def make(self, name, properties):
        self.api = self.backend.get_rest_api(properties["RestApiId"]) if "RestApiId" in properties else None
        self.made = self.create(properties)
        self.configure(properties)

    def configure(self, properties):
        pass


class Stage(Part, CloudFormationModel):
    kind = "Stage"

    @property
    def physical_resource_id(self):
        return self.made.name

    def create(self, properties):
        return self.api.create_stage(
            properties["StageName"], properties["DeploymentId"], {}, "", None, None, None, None)

    def configure(self, properties):
        if properties["DeploymentId"] not in self.api.deployments:
            raise RuntimeError("Invalid deployment identifier specified")
        stage = self.made
        stage.deployment_id, stage.description = properties["DeploymentId"], properties.get("Description", "")
        stage.variables = dict(properties.get("Variables", {}))
        stage.cache_cluster_enabled = bool(properties.get("CacheClusterEnabled"))
        stage.cache_cluster_size = properties.get("CacheClusterSize")
        stage.tracing_enabled = bool(properties.get("TracingEnabled"))
        stage.access_log_settings = lower(properties.get("AccessLogSetting"))
        stage.method_settings = {}
        for setting in properties.get("MethodSettings", []):
            key = setting["ResourcePath"].lstrip("/") + "/" + setting["HttpMethod"]
            stage.method_settings[key] = {
                name: value for name, value in lower(setting).items() if name not in ("resourcePath", "httpMethod")}

    def remove(self):
        for mappings in self.backend.base_path_mappings.values():
            if any(m.rest_api_id == self.api.id and m.stage == self.made.name for m in mappings.values()):
                raise RuntimeError("Deleting stage failed. Please remove all base path mappings related to the stage "
                                   "in your domains")
        self.api.stages.pop(self.made.name, None)


class Authorizer(Part, CloudFormationModel):
    kind = "Authorizer"

    def create(self, properties):
        return self.backend.create_authorizer(self.api.id, properties["Name"], properties["Type"])

    def configure(self, properties):
        made = self.made
        made.name, made.type = properties["Name"], properties["Type"]
        made.provider_arns, made.authorizer_uri = properties.get("ProviderARNs"), properties.get("AuthorizerUri")
        made.authorizer_credentials = properties.get("AuthorizerCredentials")
        made.identity_source = properties.get("IdentitySource")
        made.identity_validation_expression = properties.get("IdentityValidationExpression")
        made.authorizer_result_ttl = properties.get("AuthorizerResultTtlInSeconds", 300)

    def remove(self):
        self.api.authorizers.pop(self.made.id, None)


class Model(Part, CloudFormationModel):
    kind = "Model"

    @property
    def physical_resource_id(self):
        return self.made.name

    def create(self, properties):
        if properties["Name"] in self.api.models:
            raise RuntimeError("Model name already exists for this REST API")
        return self.backend.create_model(self.api.id, properties["Name"], properties["ContentType"], "", "")

    def configure(self, properties):
        self.made.description, self.made.schema = properties.get("Description"), json.dumps(properties["Schema"])

    def remove(self):
        for resource in self.api.resources.values():
            for method in resource.resource_methods.values():
                if self.made.name in (method.request_models or {}).values():
                    raise RuntimeError("Cannot delete model '{}', is referenced in method request".format(
                        self.made.name))
        self.api.models.pop(self.made.name, None)


class RequestValidator(Part, CloudFormationModel):
    kind = "RequestValidator"

    def create(self, properties):
        return self.api.create_request_validator(properties.get("Name"), None, None)

    def configure(self, properties):
        self.made.validate_request_body = bool(properties.get("ValidateRequestBody"))
        self.made.validate_request_parameters = bool(properties.get("ValidateRequestParameters"))

    def remove(self):
        self.api.request_validators.pop(self.made.id, None)


class GatewayResponse(Part, CloudFormationModel):
    kind = "GatewayResponse"

    @property
    def physical_resource_id(self):
        return self.api.id + "|" + self.made.response_type

    def create(self, properties):
        return self.api.put_gateway_response(properties["ResponseType"], None, {}, {})

    def configure(self, properties):
        self.made.response_parameters = properties.get("ResponseParameters", {})
        self.made.response_templates = properties.get("ResponseTemplates", {})

    def remove(self):
        self.api.delete_gateway_response(self.made.response_type)


class ApiKey(Part, CloudFormationModel):
    kind = "ApiKey"

    def create(self, properties):
        return self.backend.create_api_key({"name": properties.get("Name")})

    def configure(self, properties):
        self.made.description, self.made.enabled = properties.get("Description"), bool(properties.get("Enabled"))

    def remove(self):
        self.backend.keys.pop(self.made.id, None)


class UsagePlan(Part, CloudFormationModel):
    kind = "UsagePlan"

    def create(self, properties):
        return self.backend.create_usage_plan({"name": properties.get("UsagePlanName", "")})

    def configure(self, properties):
        for stage in properties.get("ApiStages", []):
            if stage["Stage"] not in self.backend.get_rest_api(stage["ApiId"]).stages:
                raise RuntimeError("API Stage not found: {}:{}".format(stage["ApiId"], stage["Stage"]))
        self.made.name, self.made.description = properties.get("UsagePlanName"), properties.get("Description")
        self.made.api_stages = lower(properties.get("ApiStages", []))
        self.made.throttle, self.made.quota = lower(properties.get("Throttle", {})), lower(properties.get("Quota", {}))

    def remove(self):
        self.backend.usage_plans.pop(self.made.id, None)


class UsagePlanKey(Part, CloudFormationModel):
    kind = "UsagePlanKey"

    def create(self, properties):
        self.plan = properties["UsagePlanId"]
        return self.backend.create_usage_plan_key(
            self.plan, {"keyId": properties["KeyId"], "keyType": properties["KeyType"]})

    @property
    def physical_resource_id(self):
        return self.made.id + ":" + self.plan

    def remove(self):
        self.backend.usage_plan_keys.get(self.plan, {}).pop(self.made.id, None)


class DomainName(Part, CloudFormationModel):
    kind = "DomainName"
    attributes = {"RegionalDomainName": "regional_domain_name", "RegionalHostedZoneId": "regional_hosted_zone_id",
                  "DistributionDomainName": "distribution_domain_name",
                  "DistributionHostedZoneId": "distribution_hosted_zone_id"}

    @property
    def physical_resource_id(self):
        return self.made.domain_name

    def create(self, properties):
        if properties["DomainName"] in self.backend.domain_names:
            raise RuntimeError("The domain name you provided already exists.")
        made = models.DomainName(properties["DomainName"], region_name=self.backend.region_name)
        self.backend.domain_names[made.domain_name] = made
        return made

    def configure(self, properties):
        self.made.certificate_arn = properties.get("CertificateArn")
        self.made.regional_certificate_arn = properties.get("RegionalCertificateArn")
        self.made.endpoint_configuration = lower(properties.get("EndpointConfiguration"))
        self.made.security_policy = properties.get("SecurityPolicy")

    def remove(self):
        self.backend.domain_names.pop(self.made.domain_name, None)


class BasePathMapping(Part, CloudFormationModel):
    kind = "BasePathMapping"

    @property
    def physical_resource_id(self):
        return self.made.domain_name + "|" + self.made.base_path

    def create(self, properties):
        return self.backend.create_base_path_mapping(
            properties["DomainName"], self.api.id, properties.get("BasePath"), properties.get("Stage"))

    def configure(self, properties):
        self.made.rest_api_id, self.made.stage = properties["RestApiId"], properties.get("Stage")

    def remove(self):
        self.backend.base_path_mappings.get(self.made.domain_name, {}).pop(self.made.base_path, None)


def install():
    """Nothing else to do: moto finds every subclass of CloudFormationModel."""
