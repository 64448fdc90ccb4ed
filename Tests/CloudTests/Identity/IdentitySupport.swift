import CloudAPI

@testable import Cloud

/// A policy with one statement.
func policy(_ action: String, on resource: String = "*", effect: String = "Allow") -> String {
    #"{"Version":"2012-10-17","Statement":[{"Effect":"\#(effect)","Action":"\#(action)","#
        + #""Resource":"\#(resource)"}]}"#
}

/// A trust policy for one principal.
func trust(_ kind: String = "Service", _ principal: String = "ecs-tasks.amazonaws.com") -> String {
    #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"\#(kind)":"#
        + #""\#(principal)"},"Action":"sts:AssumeRole"}]}"#
}

let executionPolicy = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
