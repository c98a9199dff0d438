#pragma once

#include "warehouse/sqlite/statement.hpp"
#include "warehouse/warehouse.hpp"

namespace tidemark::sqlite {

/// Writes what kinds of message there are, inside of the caller's transaction.
class ShapeWriter {
public:
    explicit ShapeWriter(Connection& connection);

    void write(const Batch& batch);

private:
    void add(const Batch& batch);

    Statement m_shape;
    Statement m_shape_job;
    Statement m_add_shape;
    Statement m_add_shape_job;
    Statement m_forget_shapes;
    Statement m_forget_shape_jobs;
};

} // namespace tidemark::sqlite
