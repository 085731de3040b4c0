create table orders (
    id varchar(20) primary key,
    product varchar(100) not null,
    status varchar(20) not null,
    delivery date not null
);
