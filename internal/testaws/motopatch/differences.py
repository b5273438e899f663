"""The changes that a change set lists for each resource."""

from .references import references

# Properties whose change replaces the resource, by type. None means all properties.
CREATE_ONLY = {
    "AWS::ApiGateway::ApiKey": {"Name"},
    "AWS::ApiGateway::Authorizer": {"RestApiId"},
    "AWS::ApiGateway::BasePathMapping": {"DomainName", "BasePath"},
    "AWS::ApiGateway::Deployment": {"RestApiId"},
    "AWS::ApiGateway::DomainName": {"DomainName"},
    "AWS::ApiGateway::GatewayResponse": {"RestApiId", "ResponseType"},
    "AWS::ApiGateway::Method": {"RestApiId", "ResourceId", "HttpMethod"},
    "AWS::ApiGateway::Model": {"RestApiId", "Name", "ContentType"},
    "AWS::ApiGateway::RequestValidator": {"RestApiId", "Name"},
    "AWS::ApiGateway::Resource": None,
    "AWS::ApiGateway::Stage": {"RestApiId", "StageName"},
    "AWS::ApiGateway::UsagePlanKey": None,
    "AWS::ApiGatewayV2::Api": {"ProtocolType"},
    "AWS::ApiGatewayV2::ApiMapping": {"DomainName"},
    "AWS::ApiGatewayV2::Authorizer": {"ApiId"},
    "AWS::ApiGatewayV2::DomainName": {"DomainName"},
    "AWS::ApiGatewayV2::Integration": {"ApiId"},
    "AWS::ApiGatewayV2::Route": {"ApiId"},
    "AWS::ApiGatewayV2::Stage": {"ApiId", "StageName"},
    "AWS::CloudFront::Function": {"Name"},
    "AWS::Events::Rule": {"EventBusName", "Name"},
    "AWS::IAM::Role": {"RoleName", "Path"},
    "AWS::Lambda::Alias": {"Name", "FunctionName"},
    "AWS::Kinesis::StreamConsumer": None,
    "AWS::Lambda::EventInvokeConfig": {"FunctionName", "Qualifier"},
    "AWS::Lambda::EventSourceMapping": {
        "EventSourceArn", "StartingPosition", "StartingPositionTimestamp", "SelfManagedEventSource"},
    "AWS::Lambda::Function": {"FunctionName", "PackageType"},
    "AWS::Lambda::LayerVersion": None,
    "AWS::Lambda::Permission": None,
    "AWS::Lambda::Url": {"TargetFunctionArn", "Qualifier"},
    "AWS::Lambda::Version": None,
    "AWS::Logs::LogGroup": {"LogGroupName"},
    "AWS::Logs::SubscriptionFilter": {"FilterName", "LogGroupName"},
    "AWS::S3::Bucket": {"BucketName"},
    "AWS::Scheduler::Schedule": {"Name"},
    "AWS::S3::BucketPolicy": {"Bucket"},
    "AWS::SES::ReceiptRule": {"RuleSetName"},
    "AWS::SNS::Subscription": {"Endpoint", "Protocol", "TopicArn"},
    "AWS::SNS::Topic": {"TopicName"},
    "AWS::SQS::Queue": {"QueueName", "FifoQueue"},
}
# Types that get the tags of their stack.
TAGGED = {"AWS::IAM::Role", "AWS::Lambda::Function", "AWS::Logs::LogGroup", "AWS::S3::Bucket"}


def recreates(kind, name):
    names = CREATE_ONLY.get(kind, set())
    return names is None or name in names


def changes(old, new, changed_parameters, tags_changed, physical):
    """The changes from the resources old to new, as DescribeChangeSet shows them; physical are the ids, by name."""
    found = {}
    for name in new:
        if name not in old:
            found[name] = change("Add", name, new[name]["Type"], None)
    for name in old:
        if name not in new:
            found[name] = change("Remove", name, old[name]["Type"], physical.get(name))
            found[name]["PolicyAction"] = old[name].get("DeletionPolicy", "Delete")
    # A change may cause changes of resources that refer to it, so repeat until there are no more.
    modified = {}
    while True:
        before = len(modified)
        for name in new:
            if name in old and name not in modified:
                details = differences(old[name], new[name], changed_parameters, tags_changed, modified)
                if details:
                    modified[name] = modification(name, new[name]["Type"], physical.get(name), details)
                    if modified[name]["Replacement"] != "False":
                        modified[name]["PolicyAction"] = "ReplaceAnd" + old[name].get("UpdateReplacePolicy", "Delete")
        if len(modified) == before:
            break
    found.update(modified)
    names = list(new) + [name for name in old if name not in new]
    return [found[name] for name in names if name in found]


def change(action, name, kind, physical):
    described = {"Action": action, "LogicalResourceId": name, "ResourceType": kind, "Scope": [], "Details": []}
    if physical:
        described["PhysicalResourceId"] = physical
    return described


def modification(name, kind, physical, details):
    described = change("Modify", name, kind, physical)
    described["Details"] = details
    described["Scope"] = sorted({detail["Target"]["Attribute"] for detail in details})
    needs = {detail["Target"].get("RequiresRecreation", "Never") for detail in details}
    described["Replacement"] = "True" if "Always" in needs else "Conditional" if "Conditionally" in needs else "False"
    return described


def differences(old, new, changed_parameters, tags_changed, modified):
    kind, details = new["Type"], []
    if old["Type"] != kind:
        return [detail("Properties", "Type", "Always", "DirectModification")]
    before, after = old.get("Properties") or {}, new.get("Properties") or {}
    for name in sorted(set(before) | set(after)):
        always = "Always" if recreates(kind, name) else "Never"
        if before.get(name) != after.get(name):
            details.append(detail("Properties", name, always, "DirectModification"))
            continue
        for target, attribute in references(after.get(name)):
            if target in changed_parameters:
                details.append(detail("Properties", name, always, "ParameterReference", target))
            elif target in modified and (attribute or modified[target]["Replacement"] != "False"):
                source = "ResourceAttribute" if attribute else "ResourceReference"
                cause = target + "." + attribute if attribute else target
                maybe = "Conditionally" if always == "Always" else "Never"
                details.append(detail("Properties", name, maybe, source, cause, "Dynamic"))
    for attribute in ("Metadata", "DeletionPolicy", "UpdatePolicy", "UpdateReplacePolicy", "CreationPolicy"):
        if old.get(attribute) != new.get(attribute):
            details.append(detail(attribute, None, None, "DirectModification"))
    if tags_changed and kind in TAGGED:
        details.append(detail("Tags", None, None, "DirectModification"))
    return details


def detail(attribute, name, recreation, source, cause=None, evaluation="Static"):
    target = {"Attribute": attribute}
    if name:
        target.update(Name=name, RequiresRecreation=recreation)
    described = {"Target": target, "Evaluation": evaluation, "ChangeSource": source}
    if cause:
        described["CausingEntity"] = cause
    return described
